"""Bytes that no reader can make sense of, and each must refuse."""

HOSTILE = [
    b"x = " + b"9" * 5000,
    b"x = " + b"[" * 5000,
    b'"stream,probe\nmodel',
    b'"',
    b"\xff\xfea\x00",
    b"model,persona,route,probe,item,outcome,count,n\na,b,c,d,e,f," + b"9" * 400 + b"," + b"9" * 400,
    b"\0" * 100,
    b"persona = 3",
]
