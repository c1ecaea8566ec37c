"""Documents that no catalogue knows: which one this is, read one, read many, put one into the catalogue."""
