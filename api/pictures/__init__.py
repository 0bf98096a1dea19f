"""Pictures that stand alone: a chart with its title, key, date, source and licence, as SVG, PNG and CSV."""
