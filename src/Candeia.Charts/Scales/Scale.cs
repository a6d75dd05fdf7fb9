namespace Candeia.Charts;

/// <summary>Whether a scale that was fitted to data begins at zero.</summary>
internal enum Zero
{
    /// <summary>Where the data begin.</summary>
    Free,
    /// <summary>At zero when the data nearly do.</summary>
    IfNear,
    /// <summary>At zero: lengths are compared.</summary>
    Always,
}

/// <summary>From data to a share of the axis: 0 at <paramref name="From"/>, 1 at <paramref name="To"/>, which may be the lower one.</summary>
internal sealed record Scale(double From, double To, bool Log = false, string Caption = "")
{
    /// <summary>Whether only whole numbers mean something.</summary>
    public bool Integers { get; init; }

    /// <summary>Names for 0, 1, 2 …, in place of numbers.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether the value can be drawn at all; larger ones would overflow in differences.</summary>
    public static bool Drawable(double value) => Math.Abs(value) <= 1e300;

    /// <summary>Whether the value has a place, inside or outside the range.</summary>
    public bool Has(double value) => Drawable(value) && (!Log || value >= 1e-300);

    /// <summary>Whether the value is inside the range.</summary>
    public bool Shows(double value) => Has(value) && At(value) is >= -1e-9 and <= 1 + 1e-9;

    /// <summary>Where the value stands.</summary>
    public double At(double value) => Log
        ? (Math.Log10(value) - Math.Log10(From)) / (Math.Log10(To) - Math.Log10(From))
        : (value - From) / (To - From);

    /// <summary>About so many ticks; names all get theirs.</summary>
    public IReadOnlyList<Tick> Ticks(int count) =>
        Names is not null ? [.. Names.Select((name, i) => new Tick(i, name))]
        : Log ? LogTicks.Between(From, To, count)
        : LinearTicks.Between(From, To, count, Integers);

    /// <summary>As many ticks as have room beside each other, but no more than so many; names all stand.</summary>
    /// <param name="room">The length of the axis.</param>
    /// <param name="most">The number of ticks to begin with.</param>
    /// <param name="width">The length of a label, with the distance to the next.</param>
    public IReadOnlyList<Tick> TicksWithin(double room, int most, Func<string, double> width)
    {
        for (int count = most; ; count--)
        {
            var ticks = Ticks(count);
            if (Names is not null || count <= 1 || ticks.Sum(t => width(t.Label)) <= room) return ticks;
        }
    }

    /// <summary>A scale on which the names stand at 0, 1, 2 …</summary>
    public static Scale Of(IReadOnlyList<string> names, bool downwards = false)
    {
        double end = Math.Max(1, names.Count) - 0.5;
        return downwards ? new(end, -0.5) { Names = names } : new(-0.5, end) { Names = names };
    }

    /// <summary>A scale for these values.</summary>
    /// <param name="axis">Its range goes before the data's.</param>
    /// <param name="values">Those without a place are ignored.</param>
    /// <param name="air">What to leave free at either end, as a share of the range.</param>
    /// <param name="zero">Whether to begin at zero.</param>
    public static Scale Fit(Axis axis, IEnumerable<double> values, double air, Zero zero = Zero.Free)
    {
        var scale = new Scale(axis.Log ? 1 : 0, axis.Log ? 10 : 1, axis.Log, axis.Caption);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        bool integers = true;
        foreach (double v in values)
        {
            if (!scale.Has(v)) continue;
            (low, high) = (Math.Min(low, v), Math.Max(high, v));
            integers &= v == Math.Floor(v) && Math.Abs(v) < 1e9;
        }
        scale = scale with { Integers = integers && low <= high };
        if (axis.Range is { } range)
        {
            if (axis.Log && range.Low < 1e-300)
                throw new ArgumentException($"The log axis '{axis.Label}' cannot begin at {range.Low}: give a range above zero.");
            return scale with { From = Math.Max(range.Low, -1e300), To = Math.Min(range.High, 1e300) };
        }
        if (low > high) return scale;
        return axis.Log ? scale.OverRatios(low, high, air) : scale.OverDifferences(low, high, air, zero);
    }

    Scale OverRatios(double low, double high, double air)
    {
        if (high / low < 1 + 1e-9) return this with { From = low / Math.Sqrt(10), To = high * Math.Sqrt(10) };
        double more = Math.Pow(10, Math.Min(5, air * (Math.Log10(high) - Math.Log10(low))));   // no more, so that it stays a number
        return this with { From = low / more, To = high * more };
    }

    Scale OverDifferences(double low, double high, double air, Zero zero)
    {
        bool constant = high - low <= Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9 || high - low < 1e-290;
        if (zero == Zero.Always || (zero == Zero.IfNear && (constant ? low : low - 0.35 * high) <= 0 && low >= 0)) low = Math.Min(low, 0);
        if (zero == Zero.Always) high = Math.Max(high, 0);
        if (high - low <= Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9 || high - low < 1e-290)
        {
            double half = low == 0 && high == 0 ? 1 : Integers && Math.Abs(low) < 1e6 ? 1 : Math.Max(Math.Abs(low) * 0.5, 1e-290);
            return this with { From = low - half, To = high + half };
        }
        double more = air * (high - low);
        return this with { From = zero != Zero.Free && low == 0 ? 0 : low - more, To = zero == Zero.Always && high == 0 ? 0 : high + more };
    }
}
