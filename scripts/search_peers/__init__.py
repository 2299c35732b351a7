"""The search engines that ``bench_search.py`` measures beside our own, and how each of them is asked."""
