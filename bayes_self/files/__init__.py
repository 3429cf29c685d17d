"""Files in and out: read with a bound, written whole, and tables as rows of typed cells."""
