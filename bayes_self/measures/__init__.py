"""Measures: what a posterior is asked, one measure a file. Information is in bits."""
