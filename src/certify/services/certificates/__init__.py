"""Certificates as documents that people hold: listing, reissuing, handing out (R-CRT-02, -03)."""
