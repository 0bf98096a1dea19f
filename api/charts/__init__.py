"""Charts as numbers: the position, size and text of each shape. `templates/pictures.html` draws them as SVG."""
