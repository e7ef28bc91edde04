import unittest

from app import answer


class RootGreets(unittest.TestCase):
    def test_the_root_greets(self):
        self.assertTrue(answer("/")[1].startswith("Hello"))
        self.assertEqual(answer("/none")[0], 404)
