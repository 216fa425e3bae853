-- Once, on the primary: sudo -u postgres psql -f database.sql
create role madoguchi login password 'change-me-madoguchi';
create database madoguchi owner madoguchi;
