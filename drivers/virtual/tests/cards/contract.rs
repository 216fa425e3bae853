//! The real service and the stand-in of other tests are held to one contract.

use crate::counter::{Counter, name};
use madoguchi_doubles::contract::{self, FelicaHands, Hands};
use madoguchi_felica::FelicaOnReaders;
use madoguchi_port::felica::FelicaCards;
use madoguchi_port::reader::{CardReaders, ReaderName};
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_virtual::desk::{Desk, at_own_desk};

struct AtTheVirtualReader<'a> {
    desk: &'a mut Desk,
    counter: Counter,
}

impl AtTheVirtualReader<'_> {
    fn put_on(&mut self, sample: &str) {
        let card = self.desk.card(sample);
        self.desk.readers[0].insert(card);
    }
}

impl Hands for AtTheVirtualReader<'_> {
    fn readers(&self) -> &dyn CardReaders {
        &*self.counter.readers
    }
    fn card(&self) -> &dyn ResidentCard {
        &self.counter.card
    }
    fn reader(&self) -> ReaderName {
        name(0)
    }
    fn put_on_a_my_number_card(&mut self) {
        self.put_on("hanako");
    }
    fn put_on_another_card(&mut self) {
        self.put_on("library");
    }
    fn take_off(&mut self) {
        self.desk.readers[0].remove();
    }
    fn stop_the_service(&mut self) {
        self.desk.service.stop().unwrap();
    }
    fn start_the_service(&mut self) {
        self.desk.service.start_again().unwrap();
    }
}

#[test]
fn the_real_service_keeps_the_contract_of_readers_and_cards() {
    at_own_desk(|desk| contract::cards(&mut AtTheVirtualReader { desk, counter: Counter::open() }));
}

struct FelicaAtTheVirtualReader<'a> {
    desk: &'a mut Desk,
    counter: Counter,
    cards: FelicaOnReaders,
}

impl FelicaHands for FelicaAtTheVirtualReader<'_> {
    fn cards(&self) -> &dyn FelicaCards {
        &self.cards
    }
    fn reader(&self) -> ReaderName {
        name(0)
    }
    fn put_on_a_felica_card(&mut self) {
        self.counter.lay(self.desk, "library");
    }
    fn put_on_a_my_number_card(&mut self) {
        self.counter.lay(self.desk, "hanako");
    }
    fn take_off(&mut self) {
        self.desk.readers[0].remove();
        self.counter.wait_for_no_card(0);
    }
}

#[test]
fn the_real_service_keeps_the_contract_of_felica_cards() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        let cards = FelicaOnReaders::on(counter.readers.clone());
        contract::felica(&mut FelicaAtTheVirtualReader { desk, counter, cards });
    });
}
