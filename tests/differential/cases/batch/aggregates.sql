SELECT SUM(ti), SUM(si), SUM(i), SUM(b), SUM(f), SUM(d) FROM n

SELECT AVG(ti), AVG(si), AVG(i), AVG(b), AVG(f), AVG(d) FROM n

SELECT MIN(ti), MAX(si), MIN(i), MAX(b), MIN(f), MAX(d), MIN(o), MAX(o) FROM n

SELECT COUNT(*), COUNT(si), COUNT(DISTINCT i) FROM n

SELECT SUM(pay), AVG(pay), MIN(pay), MAX(hired), MIN(name) FROM emp

SELECT dept, SUM(pay), AVG(pay), COUNT(pay) FROM emp GROUP BY dept

SELECT dept, SUM(pay) FROM emp GROUP BY dept HAVING COUNT(*) > 1

SELECT SUM(pay), COUNT(*) FROM emp WHERE id > 100

SELECT dept, SUM(pay) FROM emp WHERE id > 100 GROUP BY dept

SELECT dept, COUNT(*) FILTER (WHERE pay > 2000), SUM(id) FILTER (WHERE name IS NOT NULL) FROM emp GROUP BY dept

SELECT COUNT(DISTINCT dept), SUM(DISTINCT pay), COUNT(dept) FROM emp

SELECT COUNT(DISTINCT a), SUM(DISTINCT a), AVG(DISTINCT a) FROM l

SELECT dept, name, COUNT(*), GROUPING(dept), GROUPING(name) FROM emp GROUP BY GROUPING SETS ((dept, name), (dept), ())

SELECT dept, name, SUM(id), GROUPING_ID(dept, name) FROM emp GROUP BY ROLLUP (dept, name)

SELECT dept, hired IS NULL, SUM(id) FROM emp GROUP BY CUBE (dept, hired IS NULL)

SELECT dept + 1, COUNT(*) FROM emp GROUP BY dept + 1

SELECT COUNT(*) FROM (SELECT DISTINCT dept FROM emp)

SELECT dept, MAX(id) - MIN(id) FROM emp GROUP BY dept

SELECT SUM(pay * 2), AVG(pay + 1), SUM(pay) / COUNT(*) FROM emp

SELECT SUM(CAST(pay AS DECIMAL(38, 2))) FROM emp

SELECT CASE WHEN pay > 2500 THEN 'high' WHEN pay IS NULL THEN 'none' ELSE 'low' END, COUNT(*) FROM emp GROUP BY CASE WHEN pay > 2500 THEN 'high' WHEN pay IS NULL THEN 'none' ELSE 'low' END
