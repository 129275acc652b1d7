"""The proof of the tests, from the grades of notebooks whose grade is known beforehand. No I/O."""
