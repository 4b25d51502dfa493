"""The screen: draws the records of `kg` and computes nothing. `app.py` is its door."""
