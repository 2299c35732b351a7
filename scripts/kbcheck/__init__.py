"""Checks of a knowledge base: its sources (Markdown and data) and its built pages."""
