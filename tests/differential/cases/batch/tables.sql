CREATE TEMPORARY TABLE emp (id INT NOT NULL, name STRING, dept INT, pay DECIMAL(10, 2), hired DATE) WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '${data}/emp.csv', 'csv.null-literal' = 'NULL')

CREATE TEMPORARY TABLE dept (did INT, dname STRING, region STRING) WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '${data}/dept.csv', 'csv.null-literal' = 'NULL')

CREATE TEMPORARY TABLE l (a INT) WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '${data}/l.csv', 'csv.null-literal' = 'NULL')

CREATE TEMPORARY TABLE r (b INT) WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '${data}/r.csv', 'csv.null-literal' = 'NULL')

CREATE TEMPORARY TABLE n (ti TINYINT NOT NULL, si SMALLINT, i INT NOT NULL, b BIGINT, f FLOAT, d DOUBLE, o BOOLEAN) WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '${data}/n.csv', 'csv.null-literal' = 'NULL')
