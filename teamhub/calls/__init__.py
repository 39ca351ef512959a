"""Time-boxed calls: a question put to all or to some, answered with challenges and reported back on."""
