"""The company's rules: checked, compared, changed with a date, tried before they count."""
