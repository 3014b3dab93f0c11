"""The page that shows a graph beside the articles that it was read from."""

from kg.view.render import Page, page, write_page

__all__ = ["Page", "page", "write_page"]
