"""Is this act prohibited, permitted, obliged, or not addressed? Dated clauses, their semantics, their tables, their comparison.

Who is bound is not asked here: `registers.treaty_status` answers it and the programme hands the answer over.
"""
