//! Points, upright boxes and boxes at any angle.
//!
//! Keeps: lengths are pixels of the picture, y downward; angles are radians, clockwise on the screen.
//! Does not know: what stands in a box.

/// A place in the picture, pixels from the top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

impl Point {
    /// A place.
    #[must_use]
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub(crate) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    pub(crate) fn plus(self, other: Self, times: f32) -> Self {
        Self::new(self.x + other.x * times, self.y + other.y * times)
    }
}

/// An upright box: left, top, right, bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

impl Bounds {
    /// The box round both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Its width.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Its height.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// A box at any angle, as the text in it runs: it begins at `origin` (the top left of upright text), reads along `along` for
/// `length`, and its lines follow one another along `down`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slab {
    /// Where the first character begins, above it.
    pub origin: Point,
    /// Direction of reading, of length one.
    pub along: Point,
    /// Pixels along.
    pub length: f32,
    /// Pixels down.
    pub height: f32,
}

impl Slab {
    /// Direction from the top of a character to its foot.
    #[must_use]
    pub fn down(&self) -> Point {
        Point::new(-self.along.y, self.along.x)
    }

    /// A place in it, pixels along and down.
    #[must_use]
    pub fn place(&self, along: f32, down: f32) -> Point {
        self.origin.plus(self.along, along).plus(self.down(), down)
    }

    /// Corners: top left, top right, bottom right, bottom left, as the text is read.
    #[must_use]
    pub fn corners(&self) -> [Point; 4] {
        [self.origin, self.place(self.length, 0.0), self.place(self.length, self.height), self.place(0.0, self.height)]
    }

    /// The upright box round it.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let at = |p: Point| Bounds { left: p.x, top: p.y, right: p.x, bottom: p.y };
        let [a, b, c, d] = self.corners().map(at);
        a.join(b).join(c).join(d)
    }

    /// Its middle.
    #[must_use]
    pub fn middle(&self) -> Point {
        self.place(self.length / 2.0, self.height / 2.0)
    }

    /// Part of it, wider by `margin` on every side.
    pub(crate) fn part(&self, from: f32, to: f32, top: f32, bottom: f32, margin: f32) -> Self {
        Self {
            origin: self.place(from - margin, top - margin),
            along: self.along,
            length: (to - from).max(0.0) + 2.0 * margin,
            height: (bottom - top).max(0.0) + 2.0 * margin,
        }
    }

    /// The same box read the other way: from its end, upside down.
    pub(crate) fn turned(&self) -> Self {
        Self {
            origin: self.place(self.length, self.height),
            along: Point::new(-self.along.x, -self.along.y),
            length: self.length,
            height: self.height,
        }
    }

    /// The same box with its long side for its height: read from its bottom left corner upward.
    pub(crate) fn quarter(&self) -> Self {
        Self {
            origin: self.place(0.0, self.height),
            along: Point::new(self.along.y, -self.along.x),
            length: self.height,
            height: self.length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level() -> Slab {
        Slab { origin: Point::new(10.0, 20.0), along: Point::new(1.0, 0.0), length: 100.0, height: 30.0 }
    }

    #[test]
    fn turning_keeps_the_place() {
        let slab = level();
        for other in [slab.turned(), slab.quarter(), slab.quarter().quarter(), slab.turned().quarter()] {
            assert_eq!(other.bounds(), slab.bounds());
            assert_eq!(other.middle(), slab.middle());
        }
        assert_eq!(slab.turned().turned(), slab);
        assert_eq!(slab.quarter().quarter().along, slab.turned().along);
        assert_eq!(slab.quarter().along, Point::new(0.0, -1.0), "upward");
        assert_eq!(slab.quarter().down(), Point::new(1.0, 0.0), "from left to right");
    }

    #[test]
    fn a_part_has_its_margin_on_every_side() {
        let part = level().part(10.0, 20.0, 5.0, 25.0, 2.0);
        assert_eq!(part.bounds(), Bounds { left: 18.0, top: 23.0, right: 32.0, bottom: 47.0 });
    }
}
