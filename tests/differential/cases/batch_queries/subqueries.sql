-- Queries inside expressions.

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

SELECT name FROM emp WHERE dept IN (SELECT dept FROM dept)

SELECT name FROM emp WHERE dept NOT IN (SELECT dept FROM dept)

SELECT name FROM emp WHERE id NOT IN (SELECT manager FROM emp)

SELECT name FROM emp WHERE id NOT IN (SELECT manager FROM emp WHERE manager IS NOT NULL)

SELECT name FROM emp WHERE (dept, salary) IN (SELECT dept, MAX(salary) FROM emp GROUP BY dept)

SELECT name FROM emp WHERE EXISTS (SELECT * FROM dept WHERE dept.dept = emp.dept)

SELECT name FROM emp WHERE NOT EXISTS (SELECT * FROM dept WHERE dept.dept = emp.dept)

SELECT name FROM emp WHERE EXISTS (SELECT 1 FROM dept WHERE place = 'z')

SELECT name FROM emp e WHERE EXISTS (SELECT 1 FROM emp m WHERE m.manager = e.id AND m.salary >= 250)

SELECT name FROM emp e WHERE salary > (SELECT AVG(salary) FROM emp)

SELECT name FROM emp e WHERE salary >= (SELECT AVG(salary) FROM emp i WHERE i.dept = e.dept)

SELECT name, (SELECT title FROM dept d WHERE d.dept = e.dept) FROM emp e

SELECT name, (SELECT MAX(salary) FROM emp) - salary FROM emp

SELECT name, (SELECT COUNT(*) FROM emp i WHERE i.manager = e.id) AS n FROM emp e

SELECT name FROM emp WHERE salary = (SELECT MAX(salary) FROM emp WHERE dept = 99)

SELECT name, salary > (SELECT AVG(salary) FROM emp) AS above FROM emp

SELECT name, dept IN (SELECT dept FROM dept) AS known FROM emp

SELECT name, dept NOT IN (SELECT dept FROM dept) AS known FROM emp

SELECT name, EXISTS (SELECT 1 FROM dept d WHERE d.dept = e.dept) AS known FROM emp e

SELECT name FROM emp WHERE dept = SOME (SELECT dept FROM dept)

SELECT name FROM emp WHERE salary > ALL (SELECT salary FROM emp WHERE dept = 20)

SELECT name FROM emp WHERE salary >= ALL (SELECT salary FROM emp WHERE salary IS NOT NULL)

SELECT name FROM emp WHERE salary < ANY (SELECT salary FROM emp WHERE dept = 20)

SELECT name FROM emp WHERE salary <> ALL (SELECT salary FROM emp WHERE dept = 20)

SELECT name FROM emp WHERE salary > ALL (SELECT salary FROM emp WHERE dept = 99)

SELECT dept, SUM(salary) FROM emp GROUP BY dept HAVING SUM(salary) > (SELECT AVG(salary) FROM emp)

SELECT dept, COUNT(*) FROM emp GROUP BY dept HAVING dept IN (SELECT dept FROM dept WHERE place = 'x')

SELECT name FROM emp WHERE dept IN (SELECT dept FROM dept WHERE place IN (SELECT place FROM dept WHERE title = 'legal'))

SELECT d.title FROM dept d WHERE EXISTS (SELECT 1 FROM emp e WHERE e.dept = d.dept AND EXISTS (SELECT 1 FROM emp m WHERE m.manager = e.id))

SELECT d.title FROM dept d WHERE d.dept IN (SELECT e.dept FROM emp e WHERE e.salary > 220)

SELECT name FROM emp e WHERE id IN (SELECT manager FROM emp i WHERE i.dept = e.dept)

SELECT name FROM emp WHERE dept IN (SELECT dept FROM dept) OR salary < 150

SELECT name FROM emp WHERE dept IN (SELECT dept FROM dept) AND EXISTS (SELECT 1 FROM dept WHERE place = 'y')

SELECT name FROM emp WHERE salary IN (SELECT CAST(salary AS BIGINT) FROM emp WHERE dept = 20)

SELECT * FROM (SELECT name, salary FROM emp WHERE salary > 200) AS x WHERE name <> 'cid'

SELECT (SELECT MAX(dept) FROM dept) AS m, (SELECT MIN(title) FROM dept) AS t

SELECT name FROM emp WHERE salary > (SELECT MIN(salary) FROM emp i WHERE i.dept = emp.dept AND i.id <> emp.id)

SELECT name, CASE WHEN EXISTS (SELECT 1 FROM emp i WHERE i.manager = emp.id) THEN 'boss' ELSE 'worker' END FROM emp

SELECT COUNT(*) FROM emp WHERE salary > (SELECT AVG(salary) FROM emp)

SELECT name FROM emp WHERE dept IN (SELECT dept, title FROM dept)

SELECT name FROM emp WHERE dept = (SELECT dept, title FROM dept)

SELECT name FROM emp WHERE dept IN (SELECT title FROM dept)

SELECT title FROM dept WHERE (SELECT COUNT(*) FROM emp WHERE emp.dept = dept.dept) > 1

SELECT title FROM dept WHERE (SELECT COUNT(*) FROM emp WHERE emp.dept = dept.dept) = 0
