//! Candidates, one after the other, across pages and enumerations.

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};
use std::num::NonZeroUsize;
use std::sync::atomic::Ordering;

use cim_core::{CimError, ErrorKind, Instance, ObjectPath, Value};
use provider::{OperationContext, Resource};
use upstream::Repeat;
use wsman::client::{Enumeration, FilterText, Item, Page, RemoteFault, read};
use wsman::enumeration::{Mode, Polymorphism};
use wsman::uris::dialect;
use wsman::{Batch, Doing};

use super::memory::{Fetched, Key};
use super::plan::{Plan, Stage, Yields};
use super::position::{self, Position};
use crate::fault;
use crate::provider_impl::WsmanProvider;
use crate::wire::{Answer, Asked};

/// Most items that are asked for at once: about what fits a usual envelope.
const MAX_BATCH: usize = 128;
/// Most items of one answer that are taken; some services send more than they were asked for.
const MAX_ITEMS: usize = 20_000;
/// Answers without items, one after the other, until a page goes out empty; and until it is enough.
const MAX_EMPTY: usize = 32;
/// How often an enumeration that the service has forgotten is begun anew.
const MAX_RESTARTS: usize = 2;

/// Why a query did not go on.
pub(super) enum Stop {
    Error(CimError),
    /// The service refuses how it was asked; it is noted, and the next plan asks otherwise.
    AskOtherwise,
}

impl From<CimError> for Stop {
    fn from(error: CimError) -> Self {
        Self::Error(error)
    }
}

/// Where the walk is to begin within the items that come.
enum Passing {
    /// Everything is new.
    Nothing,
    /// These were passed already; the others are new. `found` says whether one of them has come.
    Some { passed: Vec<u64>, found: bool },
    /// All up to this one.
    UpTo(u64),
}

pub(super) struct Walk<'a> {
    provider: &'a WsmanProvider,
    context: &'a OperationContext,
    plan: &'a Plan<'a>,
    stage: usize,
    /// The context that gave (or will give) the present page.
    page: Option<String>,
    /// Whether the present page is there.
    fetched: bool,
    /// The context of the next page; `None` at the end of the enumeration.
    next: Option<String>,
    repeatable: bool,
    passing: Passing,
    waiting: VecDeque<(Resource, u64)>,
    passed: Vec<u64>,
    last: Option<u64>,
    /// Whether pages of a moment ago may be used.
    remembers: bool,
    restarts: usize,
    empty: usize,
    examined: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        provider: &'a WsmanProvider,
        context: &'a OperationContext,
        plan: &'a Plan<'a>,
        position: Position,
        remembers: bool,
    ) -> Self {
        let passing = if position.passed.is_empty() {
            Passing::Nothing
        } else {
            Passing::Some {
                passed: position.passed,
                found: false,
            }
        };
        Self {
            provider,
            context,
            plan,
            stage: position.stage,
            page: position.context,
            fetched: false,
            next: None,
            repeatable: position.repeatable,
            passing,
            waiting: VecDeque::new(),
            passed: Vec::new(),
            last: position.last,
            remembers,
            restarts: 0,
            empty: 0,
            examined: 0,
        }
    }

    /// The place behind the last candidate.
    pub(super) fn position(&self, skip: u64) -> Position {
        let mut position = Position {
            skip,
            stage: self.stage,
            repeatable: self.repeatable,
            last: self.last,
            ..Position::default()
        };
        if self.fetched && self.waiting.is_empty() {
            match &self.next {
                Some(next) => {
                    position.context = Some(next.clone());
                    position.passed = self.still_passing();
                }
                None => {
                    position.stage += 1;
                    position.last = None;
                }
            }
        } else {
            position.context.clone_from(&self.page);
            position.passed = self.still_passing();
            position.passed.extend(&self.passed);
        }
        position
    }

    /// What was passed before and has not come again yet.
    fn still_passing(&self) -> Vec<u64> {
        match &self.passing {
            Passing::Some { passed, .. } => passed.clone(),
            _ => Vec::new(),
        }
    }

    /// Whether nothing can come any more.
    pub(super) fn is_at_the_end(&self) -> bool {
        let last_stage = self.stage + 1 >= self.plan.stages.len();
        self.stage >= self.plan.stages.len()
            || last_stage && self.fetched && self.waiting.is_empty() && self.next.is_none()
    }

    /// Whether the service has answered without items for so long that the caller should hear of it.
    pub(super) const fn gave_up_looking(&self) -> bool {
        self.empty >= MAX_EMPTY
    }

    /// Candidates that were looked at.
    pub(super) const fn examined(&self) -> usize {
        self.examined
    }

    /// The results that the next candidate gives; `None` at the end. `wanted` is a hint.
    pub(super) async fn next(&mut self, wanted: usize) -> Result<Option<Vec<Resource>>, Stop> {
        self.empty = 0;
        loop {
            if let Some((resource, mark)) = self.waiting.pop_front() {
                if !self.is_new(mark) {
                    continue;
                }
                self.passed.push(mark);
                self.last = Some(mark);
                self.examined += 1;
                return self.results(resource).await.map(Some);
            }
            if self.stage >= self.plan.stages.len() {
                return Ok(None);
            }
            if self.fetched {
                match self.next.take() {
                    Some(next) => {
                        self.page = Some(next);
                        self.fetched = false;
                        self.passed.clear();
                    }
                    None => {
                        if let Passing::UpTo(_) = self.passing {
                            return Err(position::invalid().into());
                        }
                        self.next_stage();
                        continue;
                    }
                }
            }
            self.fetch(wanted).await?;
            if self.waiting.is_empty() && self.next.is_some() {
                self.empty += 1;
                if self.gave_up_looking() {
                    return Ok(Some(Vec::new()));
                }
            }
        }
    }

    fn next_stage(&mut self) {
        self.stage += 1;
        self.page = None;
        self.fetched = false;
        self.next = None;
        self.passing = Passing::Nothing;
        self.passed.clear();
        self.last = None;
    }

    /// Whether an item was not passed before.
    fn is_new(&mut self, mark: u64) -> bool {
        match &mut self.passing {
            Passing::Nothing => true,
            Passing::Some { passed, found } => match passed.iter().position(|p| *p == mark) {
                Some(at) => {
                    passed.swap_remove(at);
                    *found = true;
                    self.passed.push(mark);
                    false
                }
                None => true,
            },
            Passing::UpTo(last) => {
                if *last == mark {
                    self.passing = Passing::Nothing;
                }
                self.passed.push(mark);
                false
            }
        }
    }

    async fn fetch(&mut self, wanted: usize) -> Result<(), Stop> {
        let Some(stage) = self.plan.stages.get(self.stage) else {
            return Ok(());
        };
        let key = Key {
            principal: self.context.principal.name.clone(),
            plan: self.plan.mark,
            stage: self.stage,
            context: self.page.clone(),
        };
        let known = self
            .remembers
            .then(|| self.provider.pages.get(&key))
            .flatten();
        let page = match known {
            Some(page) => page,
            None => {
                let passed = self.still_passing().len();
                // Where results are chosen here, more is asked for: most may be none.
                let batch = match (self.plan.query.predicate.as_ref(), &stage.filter) {
                    (Some(_), None) => MAX_BATCH,
                    _ => wanted.saturating_add(passed).clamp(1, MAX_BATCH),
                };
                match self.ask(stage, batch).await? {
                    Some(page) => {
                        self.provider.pages.put(key, page.clone());
                        page
                    }
                    None => return Ok(()),
                }
            }
        };
        self.repeatable |= page.next.is_some() && page.next != self.page;
        // A service whose contexts are good for one answer gives the next page in place of this one.
        if let Passing::Some {
            passed,
            found: false,
        } = &self.passing
            && self.page.is_some()
            && !page.items.iter().any(|(_, mark)| passed.contains(mark))
        {
            return self.restart();
        }
        self.waiting = page.items.iter().cloned().collect();
        self.next = page.next;
        self.fetched = true;
        Ok(())
    }

    /// One page of the service; `None` if the enumeration has to be begun anew.
    async fn ask(&mut self, stage: &Stage, batch: usize) -> Result<Option<Fetched>, Stop> {
        let optimize = !self.provider.abilities.no_optimized.load(Ordering::Relaxed);
        let wanted = Enumeration {
            filter: stage.filter.clone(),
            mode: if self
                .provider
                .abilities
                .with_references
                .load(Ordering::Relaxed)
            {
                Mode::ObjectAndEpr
            } else {
                Mode::Object
            },
            polymorphism: stage.polymorphism,
            optimize,
            count: false,
            batch: Batch {
                max_elements: NonZeroUsize::new(batch),
                ..Batch::default()
            },
            ..Enumeration::default()
        };
        let mut asked = Asked::read(self.context, Doing::Enumerating);
        let page = match &self.page {
            None => match self.enumerate(stage, &wanted, asked).await? {
                Some(page) => page,
                None => {
                    return Ok(Some(Fetched::default()));
                }
            },
            Some(context) => {
                // A page that the service sends once only must not be asked for twice.
                if !self.repeatable {
                    asked.repeat = Repeat::Never;
                }
                match self.pull(stage, context, batch, asked).await {
                    Ok(page) => page,
                    Err(error)
                        if matches!(
                            error.kind(),
                            ErrorKind::InvalidCursor | ErrorKind::OutcomeUnknown
                        ) =>
                    {
                        self.restart()?;
                        return Ok(None);
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        };
        self.decode(stage, page, &asked).map(Some)
    }

    /// Enumerate; `None` if there is nothing because the service does not have the class.
    async fn enumerate(
        &self,
        stage: &Stage,
        wanted: &Enumeration,
        asked: Asked<'_>,
    ) -> Result<Option<Page>, Stop> {
        let expected = if stage.may_be_missing {
            |fault: &RemoteFault| fault::is_manner(fault) || fault.is("DestinationUnreachable")
        } else {
            fault::is_manner
        };
        let target = &stage.target;
        let answer = self
            .provider
            .wire
            .try_call(
                asked,
                expected,
                |requests, id| requests.enumerate(id, target, wanted),
                read::page,
            )
            .await?;
        match answer {
            Answer::Done(page) => Ok(Some(page)),
            Answer::Expected(fault) if !fault::is_manner(&fault) => Ok(None),
            Answer::Expected(fault) => Err(self.otherwise(stage, wanted, &fault)),
        }
    }

    /// Notes what the service does not have, so that the next plan does without.
    fn otherwise(&self, stage: &Stage, wanted: &Enumeration, fault: &RemoteFault) -> Stop {
        let abilities = &self.provider.abilities;
        let ability = if fault.is("PolymorphismModeNotSupported")
            || stage.filter.is_none() && stage.polymorphism == Polymorphism::None
        {
            Some(&abilities.no_exact_class)
        } else {
            match &stage.filter {
                Some(FilterText::Association(_)) => Some(&abilities.no_walks),
                Some(FilterText::Text { dialect: named, .. }) if named == dialect::WQL => {
                    Some(&abilities.no_wql)
                }
                Some(_) => Some(&abilities.no_selectors),
                None if wanted.optimize => Some(&abilities.no_optimized),
                None => None,
            }
        };
        match ability {
            Some(ability) => {
                tracing::info!(%fault, "the cloud cannot be asked so; it is asked otherwise");
                ability.store(true, Ordering::Relaxed);
                Stop::AskOtherwise
            }
            None => Stop::Error(CimError::new(ErrorKind::NotSupported, fault.to_string())),
        }
    }

    /// Pull, with less if what was asked for does not fit an answer of the service.
    async fn pull(
        &self,
        stage: &Stage,
        context: &str,
        mut batch: usize,
        asked: Asked<'_>,
    ) -> Result<Page, CimError> {
        let target = &stage.target;
        loop {
            let most = Batch {
                max_elements: NonZeroUsize::new(batch),
                ..Batch::default()
            };
            let answer = self
                .provider
                .wire
                .try_call(
                    asked,
                    |fault| fault.is("EncodingLimit"),
                    |requests, id| requests.pull(id, target, context, &most),
                    read::page,
                )
                .await?;
            match answer {
                Answer::Done(page) => return Ok(page),
                Answer::Expected(_) if batch > 1 => batch /= 4,
                Answer::Expected(fault) => {
                    return Err(self.provider.wire.error(ErrorKind::TooLarge, fault));
                }
            }
            batch = batch.max(1);
        }
    }

    /// Begins the enumeration anew: the service has forgotten where we were.
    fn restart(&mut self) -> Result<(), Stop> {
        self.restarts += 1;
        if self.restarts > MAX_RESTARTS {
            return Err(position::invalid().into());
        }
        self.page = None;
        self.fetched = false;
        self.next = None;
        self.waiting.clear();
        self.passed.clear();
        self.remembers = false;
        self.passing = match self.last {
            Some(last) => Passing::UpTo(last),
            None => Passing::Nothing,
        };
        Ok(())
    }

    fn decode(&self, stage: &Stage, page: Page, asked: &Asked<'_>) -> Result<Fetched, Stop> {
        let nonsense = |what: String| self.provider.wire.error(ErrorKind::BackEnd, what);
        if page.items.len() > MAX_ITEMS {
            return Err(nonsense(format!(
                "it sends {} items in one answer; at most {MAX_ITEMS} are taken",
                page.items.len()
            ))
            .into());
        }
        let decoder = self.provider.decoder(asked.context);
        let mut items = Vec::with_capacity(page.items.len());
        for Item { object, reference } in page.items {
            let object =
                object.ok_or_else(|| nonsense("it sends an item without an instance".into()))?;
            // Read only where it is needed: that of an instance with its keys may be of any kind.
            let with_references = &self.provider.abilities.with_references;
            let place = match &reference {
                Some(reference) if with_references.load(Ordering::Relaxed) => {
                    decoder.path(reference).ok()
                }
                _ => None,
            };
            let decoded = decoder.resource_at(&object, stage.class, place.as_ref());
            let resource = decoded.map_err(|what| {
                let abilities = &self.provider.abilities;
                if what.contains(" without ")
                    && reference.is_none()
                    && !abilities.with_references.swap(true, Ordering::Relaxed)
                {
                    return Stop::AskOtherwise;
                }
                Stop::Error(nonsense(what))
            })?;
            let mark = mark_of(&resource.instance);
            items.push((resource, mark));
        }
        Ok(Fetched {
            items: std::sync::Arc::new(items),
            next: page.context,
        })
    }

    /// What a candidate gives.
    async fn results(&mut self, candidate: Resource) -> Result<Vec<Resource>, Stop> {
        let query = self.plan.query;
        let wanted = |instance: &Instance| {
            query.accepts(instance.class())
                && query
                    .predicate
                    .as_ref()
                    .is_none_or(|predicate| predicate.matches(instance))
        };
        let Yields::Walked {
            object,
            association,
            associators,
        } = &self.plan.yields
        else {
            return Ok(if wanted(&candidate.instance) {
                vec![candidate]
            } else {
                Vec::new()
            });
        };
        if self.examined > self.provider.scan {
            return Err(self.provider.too_many().into());
        }
        let named = |role: &Option<String>, name: &str| {
            role.as_ref()
                .is_none_or(|role| role.eq_ignore_ascii_case(name))
        };
        let ends: Vec<(&str, &ObjectPath)> = candidate
            .instance
            .present()
            .filter_map(|(property, value)| match value {
                Value::Reference(path) => Some((property.name, &**path)),
                _ => None,
            })
            .collect();
        let is_object = |path: &ObjectPath| same_object(path, object);
        let here: Vec<usize> = (0..ends.len())
            .filter(|at| {
                let (name, path) = ends[*at];
                is_object(path) && named(&association.role, name)
            })
            .collect();
        if here.is_empty() {
            return Ok(Vec::new());
        }
        if !associators {
            return Ok(if wanted(&candidate.instance) {
                vec![candidate]
            } else {
                Vec::new()
            });
        }
        let mut results = Vec::new();
        for (at, (name, path)) in ends.iter().enumerate() {
            if here == [at] || !named(&association.result_role, name) {
                continue;
            }
            match self.provider.get_resource(self.context, path).await {
                Ok(found) if wanted(&found.instance) => results.push(found),
                Ok(_) => {}
                // It went meanwhile, or is somebody else's.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(results)
    }
}

/// Whether two paths name one object: identity is in the keys, whatever superclass stands before them.
fn same_object(a: &ObjectPath, b: &ObjectPath) -> bool {
    match (a.instance_id(), b.instance_id()) {
        (Some(a), Some(b)) => a == b,
        _ => a.class.eq_ignore_ascii_case(&b.class) && a.keys == b.keys,
    }
}

/// What marks an instance among others: its path.
fn mark_of(instance: &Instance) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    instance.path().to_string().hash(&mut hasher);
    position::mark(hasher.finish())
}
