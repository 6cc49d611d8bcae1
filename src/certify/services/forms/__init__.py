"""Every form that leaves certify, and what each says."""
