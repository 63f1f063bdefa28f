"""The treasury's books: what it holds, what its budgets may pay, and what was paid.

books = Books.read(dao)
books.budgets, books.payments
"""

from phemexia.treasury.books import Asset, Books, Budget, Payment

__all__ = ["Asset", "Books", "Budget", "Payment"]
