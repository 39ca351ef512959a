"""Files people attach: checked, kept apart from the web, and read by those who may see what they hang on."""
