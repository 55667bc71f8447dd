//! How a record is declared: its keys, once, for the decoder and for schemas.

/// Declares a table with fixed keys. A key's documentation is what help texts and schemas say of it. `also` lists
/// what people write for a key that is not it: that is an error which names the key, and loses its value. `flatten`
/// takes the keys of another record into the same table. `dimensions` keeps the unknown keys that may be dimensions
/// of the scope, and shows how one is written.
macro_rules! record {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident = $noun:literal {
            $(
                $(#[doc = $doc:literal])+
                $field:ident: $type:ty = $key:literal $(also [$($also:literal),+])? $(, $mark:ident)?;
            )*
        }
        $(flatten $inner:ident: $record:ty;)?
        $(dimensions $strays:ident = $form:literal;)?
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug)]
        #[allow(unreachable_pub, reason = "the records of whole files are held against the schemas from outside")]
        pub struct $name {
            /// Where it stands: its first key.
            pub anchor: $crate::source::Span,
            /// All of it.
            pub span: $crate::source::Span,
            $($(#[doc = $doc])+ pub $field: $crate::input::decode::Field<$type>,)*
            $(
                #[doc = concat!("The keys of [`", stringify!($record), "`], in the same table.")]
                pub $inner: $record,
            )?
            $(
                /// Unknown keys that resemble none: each may be a dimension of the scope.
                pub $strays: Vec<$crate::input::decode::Text>,
            )?
        }

        impl Default for $name {
            fn default() -> Self {
                let nowhere = $crate::source::Span {
                    file: $crate::source::FileId(0), start: 0, end: 0
                };
                Self {
                    anchor: nowhere,
                    span: nowhere,
                    $($field: $crate::input::decode::Field::Absent,)*
                    $($inner: <$record>::default(),)?
                    $($strays: Vec::new(),)?
                }
            }
        }

        impl $crate::input::decode::Record for $name {
            const NOUN: &'static str = $noun;
            const DOC: &'static str = concat!($($about, "\n"),+);
            const KEYS: &'static [$crate::input::decode::Key] = {
                const OWN: &[$crate::input::decode::Key] = &[$($crate::input::decode::Key {
                    name: $key,
                    doc: concat!($($doc, "\n"),+),
                    also: &[$($($also),+)?],
                    required: record!(@required $($mark)?),
                    main: record!(@main $($mark)?),
                }),*];
                record!(@keys OWN $(, <$record as $crate::input::decode::Record>::KEYS)?)
            };

            const DIMENSIONS: Option<&'static str> =
                record!(@form $(<$record as $crate::input::decode::Record>::DIMENSIONS)? $($form)?);

            fn set(
                &mut self,
                key: &str,
                value: &$crate::input::parse::Node<'_>,
                problems: &mut Vec<$crate::diagnostic::Problem>,
            ) -> bool {
                match key {
                    $($key => {
                        self.$field = <$type as $crate::input::decode::Decode>::decode(value, $key, problems)
                            .map_or($crate::input::decode::Field::Broken, $crate::input::decode::Field::Given);
                        true
                    })*
                    _ => record!(@set self, key, value, problems $(, $inner)?),
                }
            }

            fn lose(&mut self, key: &str) {
                match key {
                    $($key => self.$field.lose(),)*
                    _ => { $(self.$inner.lose(key);)? }
                }
            }

            fn lacks(&self, key: &str) -> bool {
                match key {
                    $($key => self.$field.is_absent(),)*
                    _ => record!(@lacks self, key $(, $inner)?),
                }
            }

            fn stray(&mut self, _key: &$crate::source::Spanned<&str>) {
                $(self.$inner.stray(_key);)?
                $(self.$strays.push($crate::input::decode::Text::new(_key.value.into(), _key.span));)?
            }

            fn place(&mut self, anchor: $crate::source::Span, whole: $crate::source::Span) {
                self.anchor = anchor;
                self.span = whole;
                $(self.$inner.place(anchor, whole);)?
            }

            fn shapes(generator: &mut schemars::SchemaGenerator) -> Vec<(&'static str, schemars::Schema)> {
                let shapes =
                    vec![$(($key, <$type as $crate::input::shape::Shape>::shape(generator))),*];
                $(
                    let mut shapes = shapes;
                    shapes.extend(<$record as $crate::input::decode::Record>::shapes(generator));
                )?
                shapes
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $crate::input::shape::name($noun).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::input::shape::record::<Self>(generator)
            }
        }

        impl $crate::input::shape::Shape for $name {
            fn shape(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        impl $crate::input::decode::Decode for $name {
            const EXPECTED: &'static str = $noun;

            fn decode(
                node: &$crate::input::parse::Node<'_>,
                key: &str,
                problems: &mut Vec<$crate::diagnostic::Problem>,
            ) -> Option<Self> {
                $crate::input::decode::decode_record(node, key, problems)
            }
        }
    };
    (@required) => { false };
    (@required required) => { true };
    (@required main) => { false };
    (@main) => { false };
    (@main required) => { false };
    (@main main) => { true };
    (@form) => { None };
    (@form $form:literal) => { Some($form) };
    (@form $inner:expr) => { $inner };
    (@keys $own:ident) => { $own };
    (@keys $own:ident, $inner:expr) => {{
        const ALL: [$crate::input::decode::Key; $own.len() + $inner.len()] = {
            let mut all = [$own[0]; $own.len() + $inner.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = if at < $own.len() { $own[at] } else { $inner[at - $own.len()] };
                at += 1;
            }
            all
        };
        &ALL
    }};
    (@set $self:ident, $key:ident, $value:ident, $problems:ident) => { false };
    (@set $self:ident, $key:ident, $value:ident, $problems:ident, $inner:ident) => {
        $self.$inner.set($key, $value, $problems)
    };
    (@lacks $self:ident, $key:ident) => { false };
    (@lacks $self:ident, $key:ident, $inner:ident) => { $self.$inner.lacks($key) };
}
pub(crate) use record;
