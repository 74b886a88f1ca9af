"""Files from elsewhere, read whole or refused whole: ``detect.read_statement`` is the way in."""
