/** Entries, the interlock, checkpoints, payloads, and what a node keeps about itself. */
export const first = /* sql */ `
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'HW001';
end $$;

-- The log ------------------------------------------------------------------------------------------------------

create table log_head (
  single boolean primary key default true check (single),
  size bigint not null default 0 check (size >= 0)
);
insert into log_head default values;

create table entry (
  index bigint primary key check (index >= 0),
  bytes bytea not null check (octet_length(bytes) between 1 and 65535),
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  act bytea not null unique check (octet_length(act) = 32),
  exchange text not null check (exchange <> ''),
  signer bytea not null check (octet_length(signer) = 32),
  nonce text not null check (nonce <> ''),
  kind text not null check (kind <> ''),
  stored_at timestamptz not null default now(),
  constraint entry_nonce unique (exchange, signer, nonce)
);

-- The first index of a statement is the present size, and its last leaves no gap, whoever writes it.
create function grow_log() returns trigger language plpgsql as $$
declare
  before bigint; lowest bigint; highest bigint; added bigint;
begin
  select size into strict before from log_head for update;
  select min(index), max(index), count(*) into lowest, highest, added from added_entry;
  if added = 0 then return null; end if;
  if lowest <> before or highest <> before + added - 1 then
    raise exception 'entries must continue the log at %', before using errcode = 'HW002';
  end if;
  update log_head set size = before + added;
  return null;
end $$;
create trigger entry_grows_log after insert on entry
  referencing new table as added_entry for each statement execute function grow_log();
create trigger entry_append_only before update or delete or truncate on entry
  for each statement execute function refuse_change();

create function head_follows_entries() returns trigger language plpgsql as $$
begin
  if new.size <> coalesce((select max(index) + 1 from entry), 0) then
    raise exception 'the size is the number of entries' using errcode = 'HW002';
  end if;
  return new;
end $$;
create trigger log_head_follows before update on log_head for each row execute function head_follows_entries();
create trigger log_head_stays before delete or truncate on log_head
  for each statement execute function refuse_change();

-- Hash "index" of level "level" is the root of a full tile of the level below; level 0 is entry.leaf_hash.
create table tile_hash (
  level smallint not null check (level between 1 and 63),
  index bigint not null check (index >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);
create trigger tile_hash_append_only before update or delete or truncate on tile_hash
  for each statement execute function refuse_change();

-- The interlock --------------------------------------------------------------------------------------------------

create table exchange_lock (
  exchange text primary key check (exchange <> ''),
  version bigint not null default 0
);

-- Counting up makes every other transaction wait, and makes one with an older snapshot fail with 40001.
create function lock_exchange(wanted text) returns void language plpgsql as $$
begin
  update exchange_lock set version = version + 1 where exchange = wanted;
  if not found then
    raise exception 'this exchange was never opened here' using errcode = 'HW003';
  end if;
end $$;

create table proposal (
  exchange text not null references exchange_lock,
  tranche text not null check (tranche <> ''),
  hash text not null check (hash <> ''),
  proposer text not null check (proposer <> ''),
  proposer_key text not null check (proposer_key <> ''),
  entry bigint not null references entry,
  primary key (exchange, tranche, hash)
);
create trigger proposal_append_only before update or delete or truncate on proposal
  for each statement execute function refuse_change();

create table approval (
  id bigint generated always as identity primary key,
  exchange text not null,
  tranche text not null,
  hash text not null,
  party text not null check (party <> ''),
  actor text not null check (actor <> ''),
  key text not null check (key <> ''),
  role text not null check (role in ('coordinator', 'approver')),
  entry bigint not null references entry,
  withdrawn bigint references entry,
  foreign key (exchange, tranche, hash) references proposal
);
create unique index approval_one_person on approval (exchange, tranche, hash, actor) where withdrawn is null;
create unique index approval_one_key on approval (exchange, tranche, hash, key) where withdrawn is null;

create function keep_approval() returns trigger language plpgsql as $$
begin
  if old.withdrawn is not null or new.withdrawn is null
     or (to_jsonb(new) - 'withdrawn') <> (to_jsonb(old) - 'withdrawn') then
    raise exception 'an approval is only ever withdrawn, once' using errcode = 'HW001';
  end if;
  return new;
end $$;
create trigger approval_only_withdrawn before update on approval for each row execute function keep_approval();
create trigger approval_stays before delete or truncate on approval
  for each statement execute function refuse_change();

create table closed_tranche (
  exchange text not null references exchange_lock,
  tranche text not null,
  entry bigint not null references entry,
  primary key (exchange, tranche)
);
create trigger closed_tranche_append_only before update or delete or truncate on closed_tranche
  for each statement execute function refuse_change();

-- Two persons of each power with two keys, one of them an approver: so never the proposer alone.
create function require_two_persons(ex text, tr text, proposed text, powers text[]) returns void language plpgsql as $$
declare
  power text;
begin
  if exists (select from closed_tranche c where c.exchange = ex and c.tranche = tr) then
    raise exception 'the tranche is closed' using errcode = 'HW003';
  end if;
  foreach power in array powers loop
    if not (select count(distinct actor) >= 2 and count(distinct key) >= 2 and bool_or(role = 'approver')
            from approval a
            where a.exchange = ex and a.tranche = tr and a.hash = proposed
              and a.party = power and a.withdrawn is null) then
      raise exception 'a power has fewer than two standing approvals' using errcode = 'HW003';
    end if;
  end loop;
end $$;

create table schedule (
  exchange text not null,
  tranche text not null,
  entry bigint not null references entry,
  hash text not null,
  powers text[] not null check (cardinality(powers) >= 1),
  primary key (exchange, tranche, entry),
  foreign key (exchange, tranche, hash) references proposal
);
create function admit_schedule() returns trigger language plpgsql as $$
begin
  perform lock_exchange(new.exchange);
  perform require_two_persons(new.exchange, new.tranche, new.hash, new.powers);
  return new;
end $$;
create trigger schedule_needs_two_persons before insert on schedule
  for each row execute function admit_schedule();
create trigger schedule_append_only before update or delete or truncate on schedule
  for each statement execute function refuse_change();

-- Legs of a scheduled tranche that move in step: those with the same "coupling".
create table coupled_leg (
  exchange text not null,
  tranche text not null,
  entry bigint not null,
  leg text not null check (leg <> ''),
  coupling smallint not null check (coupling >= 0),
  primary key (exchange, tranche, entry, leg),
  foreign key (exchange, tranche, entry) references schedule
);
create trigger coupled_leg_append_only before update or delete or truncate on coupled_leg
  for each statement execute function refuse_change();

-- One row is one slot: the step of a leg that left. Its key is what two releases of one slot collide on.
-- "exhausted" names coupled legs that had nobody left for the step before.
create table step (
  exchange text not null references exchange_lock,
  tranche text not null,
  leg text not null check (leg <> ''),
  step integer not null check (step >= 1),
  exhausted text[] not null default '{}',
  released bigint not null references entry,
  closed bigint references entry,
  outcome text check (outcome in ('received', 'turned-back')),
  constraint step_slot primary key (exchange, tranche, leg, step),
  check ((closed is null) = (outcome is null))
);

create function release_step() returns trigger language plpgsql as $$
declare
  scheduled schedule%rowtype;
begin
  perform lock_exchange(new.exchange);
  if new.closed is not null then
    if new.outcome = 'turned-back' then return new; end if;
    raise exception 'a step is released before it is received' using errcode = 'HW003';
  end if;
  select * into scheduled from schedule s
    where s.exchange = new.exchange and s.tranche = new.tranche order by s.entry desc limit 1;
  if not found then
    raise exception 'the tranche is not scheduled' using errcode = 'HW003';
  end if;
  perform require_two_persons(new.exchange, new.tranche, scheduled.hash, scheduled.powers);
  if new.step > 1 and exists (
    select from coupled_leg own
      join coupled_leg other using (exchange, tranche, entry, coupling)
      where own.exchange = new.exchange and own.tranche = new.tranche and own.entry = scheduled.entry
        and own.leg = new.leg
        and not exists (select from step s where s.exchange = other.exchange and s.tranche = other.tranche
                        and s.leg = other.leg and s.step = new.step - 1 and s.closed is not null)
        and not (other.leg = any(new.exhausted)
                 and not exists (select from step s where s.exchange = other.exchange and s.tranche = other.tranche
                                 and s.leg = other.leg and s.step >= new.step - 1))
  ) then
    raise exception 'the step before it on a coupled leg is not closed' using errcode = 'HW003';
  end if;
  return new;
end $$;
create trigger step_release before insert on step for each row execute function release_step();

create function close_step() returns trigger language plpgsql as $$
begin
  perform lock_exchange(new.exchange);
  if old.closed is not null or new.closed is null
     or (to_jsonb(new) - 'closed' - 'outcome') <> (to_jsonb(old) - 'closed' - 'outcome') then
    raise exception 'a step is closed once, and nothing else of it changes' using errcode = 'HW003';
  end if;
  return new;
end $$;
create trigger step_close before update on step for each row execute function close_step();
create trigger step_stays before delete or truncate on step for each statement execute function refuse_change();

-- Checkpoints ----------------------------------------------------------------------------------------------------

create table checkpoint (
  id bigint generated always as identity primary key,
  origin text not null check (origin <> ''),
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  note_hash bytea not null check (octet_length(note_hash) = 32),
  stored_at timestamptz not null default now(),
  unique (origin, size, note_hash)
);
create trigger checkpoint_append_only before update or delete or truncate on checkpoint
  for each statement execute function refuse_change();

create table cosignature (
  origin text not null check (origin <> ''),
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  witness text not null check (witness <> ''),
  line text not null,
  time bigint not null check (time >= 0),
  stored_at timestamptz not null default now(),
  primary key (origin, size, witness, root)
);
create trigger cosignature_stays before delete or truncate on cosignature
  for each statement execute function refuse_change();

-- Sealed payloads ------------------------------------------------------------------------------------------------

create table payload (
  hash bytea primary key check (octet_length(hash) = 32),
  exchange text not null check (exchange <> ''),
  ciphertext bytea,
  stored_at timestamptz not null default now(),
  erased_at timestamptz,
  check ((ciphertext is null) = (erased_at is not null))
);
alter table payload alter column ciphertext set storage external;
create function keep_payload() returns trigger language plpgsql as $$
begin
  if old.erased_at is not null or new.erased_at is null
     or new.hash <> old.hash or new.exchange <> old.exchange or new.stored_at <> old.stored_at then
    raise exception 'a payload is only ever erased, once' using errcode = 'HW001';
  end if;
  return new;
end $$;
create trigger payload_only_erased before update on payload for each row execute function keep_payload();
create trigger payload_stays before delete or truncate on payload for each statement execute function refuse_change();

create table payload_recipient (
  hash bytea not null references payload,
  recipient text not null check (recipient <> ''),
  sealed_key bytea not null,
  primary key (hash, recipient)
);

-- What a node keeps about itself -----------------------------------------------------------------------------------

create table pending_act (
  act bytea primary key check (octet_length(act) = 32),
  bytes bytea not null check (octet_length(bytes) between 1 and 65535),
  "order" bigint generated always as identity unique,
  status text not null default 'waiting' check (status in ('waiting', 'refused')),
  attempts integer not null default 0,
  problem text
);

create table peer (
  name text primary key check (name <> ''),
  url text not null,
  last_heard timestamptz,
  last_size bigint,
  last_problem text
);

create table setting (
  name text primary key check (name <> ''),
  json jsonb not null
);
`;
