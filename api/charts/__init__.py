"""Pictures as numbers: where each shape stands and what it says. `templates/pictures.html` draws them."""
