using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Charts.Tests;

public class ClassesTests
{
    [Fact]
    public void Count_each_value_once_in_its_class() => Prop.ForAll<NormalFloat[], PositiveInt>((floats, about) =>
    {
        double[] values = [.. floats.Select(f => f.Get).Where(Scale.Drawable)];
        var classes = Classes.Of(values, 1 + about.Get % 50);
        return classes.Sum(c => c.Count) == values.Length
            && classes.Skip(1).Zip(classes).All(p => p.First.From == p.Second.To)
            && (values.Length == 0 || (classes[0].From <= values.Min() && classes[^1].To >= values.Max()));
    }).Try();

    [Fact]
    public void Have_round_bounds() => Assert.Equal([(0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 4, 3)],
        Classes.Of([0.5, 1, 2.5, 3, 3.5, 4], 4).Select(c => ((int)c.From, (int)c.To, c.Count)));
}
