"""What pictures are drawn with: canvas, lettering, colours, rows, columns, axes, and files."""
