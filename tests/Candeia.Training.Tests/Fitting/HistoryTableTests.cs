namespace Candeia.Training.Tests;

public class HistoryTableTests
{
    static EpochResult Epoch(int number, double? valid) => new(number, Pass(1.0 / number), valid is { } v ? Pass(v) : null, 1.25, 1e-3);

    static PhaseResult Pass(double loss) => new(loss, new Dictionary<string, double> { ["mae"] = loss / 2 }, 64, 1);

    [Fact]
    public void Training_and_validation_stand_side_by_side() => Assert.Equal(
        "epoch  train loss  valid loss  train mae  valid mae  seconds\n" +
        "    1           1       1.125        0.5     0.5625      1.2\n" +
        "    2         0.5        0.25       0.25      0.125      1.2\n" +
        "Stopped early: enough.\n", (new History([Epoch(1, 1.125), Epoch(2, 0.25)]) { StopReason = "enough" }).ToString());

    [Fact]
    public void What_was_not_measured_has_no_column() => Assert.StartsWith(
        "epoch  train loss  train mae  seconds\n", new History([Epoch(1, null)]).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_long_history_is_shown_from_both_ends()
    {
        string[] lines = new History([.. Enumerable.Range(1, 1000).Select(i => Epoch(i, null))]).ToString().Split('\n');
        Assert.Equal(43, lines.Length);
        Assert.Equal("  … 960 more …", lines[11]);
        Assert.StartsWith("  971 ", lines[12], StringComparison.Ordinal);
    }
}
