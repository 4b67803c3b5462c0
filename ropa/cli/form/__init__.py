"""The guided form: one question after the other, in the words of a colleague, with the Article beside it for the lawyer.

`flow` and its neighbours say which question comes next, given the answers: they know no screen. `plain` and `full` ask
one question. `dialogue` is the loop between them: draft, back, help, and the writing at the end.
"""
