"""The same table laid out anew: formats, characters, columns, words, pages. See `sheets` and `writers`."""
