-- The name of an authority is longer than all else that is kept of a certificate, and a handful of authorities
-- issue every certificate there is: each is written down once. A look-up among ten million walks through fewer pages,
-- and finds row and key in one place.
create table certificate_authority (
    number bigint primary key,
    -- Its distinguished name, DER.
    name blob not null unique
) /* clustered */;
insert into certificate_authority (number, name)
    select row_number() over (order by issuer), issuer from (select distinct issuer from certificate) as authority;

create table certificate_14 (
    serial text not null,
    authority bigint not null references certificate_authority (number),
    id bigint not null unique,
    person blob not null references person (id),
    not_before_ms bigint not null,
    not_after_ms bigint not null,
    predecessor bigint,
    from_ms bigint,
    until_ms bigint,
    primary key (serial, authority)
) /* clustered */;
insert into certificate_14
    select certificate.serial, certificate_authority.number, certificate.id, certificate.person,
        certificate.not_before_ms, certificate.not_after_ms, certificate.predecessor, certificate.from_ms,
        certificate.until_ms
    from certificate join certificate_authority on certificate_authority.name = certificate.issuer
    order by certificate.serial, certificate_authority.number;
drop table certificate;
alter table certificate_14 rename to certificate;
