using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class ProfileTests
{
    /// <summary>Sleeps where it is told to.</summary>
    sealed class Slow(int milliseconds) : Layer
    {
        readonly Linear fc = new(3, 1);

        public override Tensor Forward(Tensor x)
        {
            Thread.Sleep(milliseconds);
            return x.Apply(fc);
        }
    }

    static IEnumerable<Batch> Data(int milliseconds)
    {
        foreach (var batch in Tiny.Batches(40).ToList())
        {
            Thread.Sleep(milliseconds);
            yield return batch;
        }
    }

    [Fact]
    public void Time_is_booked_where_it_was_spent()
    {
        using var output = new StringWriter();
        var profile = new Profile(output);
        var learner = new Slow(20).Setup(Tiny.Loss, p => new SGD(p, 0.01)) with { Callbacks = [] };
        learner.With(profile, new Watcher { BatchEnd = _ => Thread.Sleep(5) }).Fit(Data(10), 2, Tiny.Batches(20));
        Assert.Equal(["other", "train backward", "train data", "train forward", "train update", "valid compute", "valid data"], profile.Spent.Keys.Order());
        void AtLeast(double milliseconds, string part) => Assert.InRange(profile.Spent[part].Time.TotalMilliseconds, milliseconds, double.PositiveInfinity);
        AtLeast(8 * 10, "train data");
        AtLeast(8 * 20, "train forward");
        AtLeast(4 * 20, "valid compute");
        AtLeast(12 * 5, "other");
        Assert.Equal((8, 8, 8, 4), (profile.Spent["train data"].Count, profile.Spent["train backward"].Count, profile.Spent["train update"].Count, profile.Spent["valid compute"].Count));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("where the time went", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("train data", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("all", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_update_of_a_batch_is_booked_as_one()
    {
        var looks = new Profile(TextWriter.Null);
        (new Line(1).Setup(Tiny.Loss, p => new LBFGS(p, 0.1, maxIterations: 3)) with { Callbacks = [looks] }).Fit(Tiny.Batches(40), 1);
        Assert.InRange(looks.Spent["train update"].Count, 5, 1000);
        Assert.Equal(looks.Spent["train forward"].Count, looks.Spent["train update"].Count);

        var two = new Profile(TextWriter.Null);
        var learner = new Line(1).Setup((Line model, StepContext context) =>
        {
            var output = model.Forward(context.Batch.X);
            context.Update(() => Tiny.Loss(model.Forward(context.Batch.X), context.Batch.Y), 0);
            return new(output, context.Update(() => Tiny.Loss(model.Forward(context.Batch.X), context.Batch.Y), 1));
        }, (Line model) => [new SGD(model.Parameters().Take(1), 0.01), new SGD(model.Parameters().Skip(1), 0.01)]);
        (learner with { Callbacks = [two] }).Fit(Tiny.Batches(40), 1);
        Assert.Equal((8, 8, 8), (two.Spent["train forward"].Count, two.Spent["train backward"].Count, two.Spent["train update"].Count));
    }

    [Fact]
    public void Only_fits_are_told_about()
    {
        using var output = new StringWriter();
        var profile = new Profile(output);
        var learner = Tiny.Learner().With(profile);
        learner.With(new Watcher { EpochEnd = e => learner.Evaluate(Tiny.Batches(20)) }).Fit(Tiny.Batches(40), 2);
        learner.Evaluate(Tiny.Batches(20));
        learner.Predict(Tiny.Batches(20));
        Assert.Single(output.ToString().Split('\n'), l => l.StartsWith("all", StringComparison.Ordinal));
        Assert.Equal(8, profile.Spent["train data"].Count);
        Assert.DoesNotContain("valid compute", profile.Spent.Keys);
    }

    [Fact]
    public void The_numbers_are_those_without_it()
    {
        Assert.Equal(
            Tiny.Learner().Fit(Tiny.Batches(40), 2).Model.Bits(), Tiny.Learner().With(new Profile(TextWriter.Null)).Fit(Tiny.Batches(40), 2).Model.Bits());
    }
}
