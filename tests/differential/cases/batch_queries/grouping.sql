-- GROUP BY, aggregates, grouping sets, DISTINCT.

CREATE TEMPORARY VIEW emp AS
SELECT * FROM (VALUES
  (1, 'ann', 10, 300, CAST(NULL AS INT)),
  (2, 'bob', 10, 200, 1),
  (3, 'cid', 20, 250, 1),
  (4, 'dan', 20, 250, 3),
  (5, 'eve', CAST(NULL AS INT), 100, 3),
  (6, 'fay', 40, CAST(NULL AS INT), 2)) AS t(id, name, dept, salary, manager)

CREATE TEMPORARY VIEW dept AS
SELECT * FROM (VALUES (10, 'sales', 'x'), (20, 'research', 'y'), (30, 'legal', 'x')) AS t(dept, title, place)

SELECT dept, COUNT(*), COUNT(salary), SUM(salary), AVG(salary), MIN(salary), MAX(salary) FROM emp GROUP BY dept

SELECT COUNT(*), SUM(salary), AVG(salary) FROM emp WHERE id > 100

SELECT dept, COUNT(*) FROM emp WHERE id > 100 GROUP BY dept

SELECT DISTINCT dept FROM emp

SELECT DISTINCT dept, salary FROM emp

SELECT dept, COUNT(DISTINCT salary), SUM(DISTINCT salary) FROM emp GROUP BY dept

SELECT dept, COUNT(*) FILTER (WHERE salary > 200), SUM(salary) FILTER (WHERE id < 4) FROM emp GROUP BY dept

SELECT dept, COUNT(*) AS n FROM emp GROUP BY dept HAVING COUNT(*) > 1

SELECT dept, SUM(salary) AS s FROM emp GROUP BY dept HAVING SUM(salary) > 100 AND dept IS NOT NULL

SELECT salary / 100, COUNT(*) FROM emp GROUP BY salary / 100

SELECT dept + 1, SUM(salary) + 1 FROM emp GROUP BY dept

SELECT dept, salary, COUNT(*) FROM emp GROUP BY GROUPING SETS ((dept, salary), (dept), ())

SELECT dept, salary, COUNT(*) FROM emp GROUP BY ROLLUP (dept, salary)

SELECT dept, salary, COUNT(*) FROM emp GROUP BY CUBE (dept, salary)

SELECT dept, salary, GROUPING(dept), GROUPING(salary), GROUPING_ID(dept, salary), COUNT(*) FROM emp GROUP BY CUBE (dept, salary)

SELECT dept, COUNT(*), GROUPING(dept), GROUP_ID() FROM emp GROUP BY ROLLUP (dept)

SELECT dept, manager, SUM(salary) FROM emp GROUP BY dept, ROLLUP (manager)

SELECT dept, manager, salary, COUNT(*) FROM emp GROUP BY GROUPING SETS ((dept), (manager)), salary

SELECT dept, SUM(salary) FROM emp GROUP BY ROLLUP (dept) HAVING GROUPING(dept) = 1

SELECT dept, manager, COUNT(*) FROM emp GROUP BY GROUPING SETS (ROLLUP (dept, manager), (manager))

SELECT COUNT(*) FROM emp GROUP BY ()

SELECT dept, COUNT(*) FROM emp GROUP BY GROUPING SETS ((dept), ()) HAVING COUNT(*) > 1

SELECT dept, STDDEV_POP(salary), STDDEV_SAMP(salary), VAR_POP(salary), VAR_SAMP(salary) FROM emp GROUP BY dept

SELECT STDDEV_POP(CAST(salary AS DOUBLE)), STDDEV_SAMP(CAST(salary AS DOUBLE)), VAR_POP(CAST(salary AS DOUBLE)), VAR_SAMP(CAST(salary AS DOUBLE)) FROM emp

SELECT VARIANCE(CAST(salary AS DOUBLE)), STDDEV(CAST(salary AS DOUBLE)) FROM emp

SELECT AVG(CAST(salary AS DECIMAL(10, 2))), SUM(CAST(salary AS DECIMAL(10, 2))), VAR_POP(CAST(salary AS DECIMAL(10, 2))) FROM emp

SELECT AVG(CAST(salary AS DOUBLE)), AVG(CAST(salary AS BIGINT)), AVG(CAST(id AS TINYINT)) FROM emp

SELECT LISTAGG(name) FROM emp

SELECT dept, LISTAGG(name, '-') FROM emp GROUP BY dept

SELECT LISTAGG(DISTINCT CAST(dept AS STRING)) FROM emp WHERE dept = 10

SELECT dept, COLLECT(salary) FROM emp GROUP BY dept

SELECT COLLECT(name) FROM emp

SELECT dept, ARRAY_AGG(name) FROM emp GROUP BY dept

SELECT ARRAY_AGG(salary) FROM emp WHERE id IN (1, 6)

SELECT FIRST_VALUE(name), LAST_VALUE(name) FROM emp

SELECT dept, FIRST_VALUE(salary), LAST_VALUE(salary) FROM emp GROUP BY dept

SELECT JSON_OBJECTAGG(KEY name VALUE salary) FROM emp WHERE dept = 10

SELECT JSON_OBJECTAGG(name VALUE salary ABSENT ON NULL) FROM emp WHERE id > 4

SELECT JSON_ARRAYAGG(salary) FROM emp WHERE id > 4

SELECT JSON_ARRAYAGG(salary NULL ON NULL) FROM emp WHERE id > 4

SELECT PERCENTILE(salary, 0.5), PERCENTILE(salary, 0.25) FROM emp

SELECT PERCENTILE(salary, ARRAY[0.1, 0.9]) FROM emp

SELECT APPROX_COUNT_DISTINCT(dept) FROM emp

SELECT MIN(name), MAX(name), MIN(dept IS NULL), MAX(CAST('2020-01-01' AS DATE)) FROM emp

SELECT dept, COUNT(*) FROM emp GROUP BY 1

SELECT dept AS d, COUNT(*) FROM emp GROUP BY d

SELECT name, COUNT(*) FROM emp GROUP BY dept

SELECT dept FROM emp WHERE COUNT(*) > 1

SELECT SUM(COUNT(*)) FROM emp

SELECT GROUPING(dept) FROM emp

SELECT COUNT(DISTINCT dept, salary) FROM emp
