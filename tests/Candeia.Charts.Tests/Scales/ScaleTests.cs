using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Charts.Tests;

public class ScaleTests
{
    [Fact]
    public void Fits_any_numbers() => Prop.ForAll<double[], bool, bool>((values, log, near) =>
    {
        var scale = Scale.Fit(new Axis { Log = log }, values, 0.05, near ? Zero.IfNear : Zero.Free);
        return double.IsFinite(scale.From) && double.IsFinite(scale.To) && scale.To > scale.From
            && values.Where(scale.Has).All(v => scale.At(v) is >= -1e-9 and <= 1 + 1e-9)
            && scale.Ticks(5).Count >= 1;
    }).Try();

    [Fact]
    public void Of_losses_begins_at_zero_when_they_come_near() => Assert.Equal(0, Scale.Fit("loss", [0.001, 0.06], 0.05, Zero.IfNear).From);

    [Fact]
    public void Of_values_far_from_zero_does_not_begin_there() => Assert.InRange(Scale.Fit("accuracy", [0.91, 0.95], 0.05, Zero.IfNear).From, 0.9, 0.91);

    [Fact]
    public void A_log_range_with_zero_is_refused() =>
        Assert.Contains("above zero", Assert.Throws<ArgumentException>(() => Scale.Fit(new Axis("y") { Log = true, Range = new(0, 1) }, [], 0)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    public void An_interval_goes_from_a_lower_to_a_higher_number(double low, double high) => Assert.Throws<ArgumentException>(() => new Interval(low, high));
}
