-- ORDER BY, LIMIT, OFFSET, FETCH.

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

SELECT id FROM emp ORDER BY id

SELECT id FROM emp ORDER BY id DESC

SELECT id, salary FROM emp ORDER BY salary, id

SELECT id, salary FROM emp ORDER BY salary DESC, id DESC

SELECT id, salary FROM emp ORDER BY salary NULLS LAST, id

SELECT id, salary FROM emp ORDER BY salary DESC NULLS FIRST, id

SELECT id, dept FROM emp ORDER BY dept, id

SELECT name FROM emp ORDER BY salary, id

SELECT name AS n FROM emp ORDER BY n DESC

SELECT name, salary + 1 AS s FROM emp ORDER BY s, name

SELECT name, salary FROM emp ORDER BY salary * -1, name

SELECT name, salary FROM emp ORDER BY 2, 1

SELECT name, salary FROM emp ORDER BY 2 DESC, 1 DESC

SELECT id AS salary, salary AS id FROM emp ORDER BY id, salary

SELECT id FROM emp ORDER BY id LIMIT 2

SELECT id FROM emp ORDER BY id LIMIT 2 OFFSET 3

SELECT id FROM emp ORDER BY id OFFSET 4 ROWS

SELECT id FROM emp ORDER BY id OFFSET 1 ROW FETCH NEXT 2 ROWS ONLY

SELECT id FROM emp ORDER BY id FETCH FIRST 3 ROWS ONLY

SELECT id FROM emp ORDER BY id LIMIT ALL

SELECT id FROM emp ORDER BY id LIMIT 0

SELECT id FROM emp ORDER BY id LIMIT 100

SELECT COUNT(*) FROM (SELECT id FROM emp LIMIT 2)

SELECT dept, COUNT(*) AS n FROM emp GROUP BY dept ORDER BY n DESC, dept

SELECT dept FROM emp GROUP BY dept ORDER BY SUM(salary) DESC, dept

SELECT dept, SUM(salary) FROM emp GROUP BY dept ORDER BY 2, 1

SELECT DISTINCT dept FROM emp ORDER BY dept DESC

SELECT DISTINCT dept, salary FROM emp ORDER BY salary, dept

SELECT * FROM (SELECT id, salary FROM emp ORDER BY salary DESC NULLS LAST, id LIMIT 3) AS x ORDER BY id

SELECT name FROM emp ORDER BY CASE WHEN dept IS NULL THEN 0 ELSE 1 END, name

SELECT e.name, d.title FROM emp e JOIN dept d ON e.dept = d.dept ORDER BY d.title, e.name DESC

SELECT id FROM emp ORDER BY 3

SELECT DISTINCT id FROM emp ORDER BY salary

SELECT id FROM emp ORDER BY nope

SELECT id FROM emp LIMIT 1, 2

SELECT id FROM emp ORDER BY (SELECT 1), id
