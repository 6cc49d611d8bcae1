"""The auditor: is the ledger whole, and are the records what it says?"""
