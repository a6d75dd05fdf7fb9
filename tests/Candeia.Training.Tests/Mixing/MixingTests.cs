using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class MixingTests
{
    sealed class Same : Layer
    {
        readonly Tensor scale = Parameter.Of(Tensor.Ones([1]));

        public override Tensor Forward(Tensor x) => x * scale;
    }

    /// <summary>What the step within gets to see, batch by batch.</summary>
    sealed record Seen(double[] X, double Loss);

    static (List<Seen> Train, List<Seen> Valid) Run(Tensor x, Tensor y, Loss loss, Mixing mixing, int epochs = 1)
    {
        List<Seen> train = [], valid = [];
        var learner = new Same().Setup(loss, p => new SGD(p, 0)).Around((context, step) =>
        {
            var result = step(context);
            (context.Phase == Phase.Train ? train : valid).Add(new(context.Batch.X.ToArray<double>(), result.Loss!.Item()));
            return result;
        });
        Batch[] batches = [new(x, y)];
        (learner with { Callbacks = [mixing] }).Fit(batches, epochs, batches);
        return (train, valid);
    }

    [Fact]
    public void MixUp_mixes_samples_with_partners_and_the_loss_by_the_same_share()
    {
        // Powers of two: a mixture of two tells which they are and in which share.
        float[] values = [1, 2, 4, 8, 16, 32, 64, 128];
        Tensor x = Tensor.From(values);
        int mixed = 0;
        foreach (var seen in Run(x, x, (output, target) => (output * 0 + target).Mean(), new MixUp(alpha: 1, seed: 3), epochs: 20).Train)
        {
            // The loss is λ·mean(own) + (1 − λ)·mean(partner), and every sample is its own's and its partner's mixture with one λ.
            Assert.Equal(values.Average(), seen.Loss, 1e-4);
            var shares = values.Select((own, i) => values.Where(p => p != own).Select(p => (seen.X[i] - p) / (own - p)).ToArray()).ToArray();
            var common = shares[Array.FindIndex(seen.X.Select((v, i) => Math.Abs(v - values[i])).ToArray(), d => d > 1e-4) is var first and >= 0 ? first : 0]
                .Where(share => seen.X.Select((v, i) => Math.Abs(v - values[i]) < 1e-4 || shares[i].Any(s => Math.Abs(s - share) < 1e-4)).All(ok => ok));
            Assert.Contains(common, share => share is >= -1e-5 and <= 1 + 1e-5);
            if (seen.X.Zip(values).Any(p => Math.Abs(p.First - p.Second) > 0.01)) mixed++;
        }
        Assert.InRange(mixed, 15, 20);
    }

    [Fact]
    public void The_loss_is_the_mixture_of_losses_also_for_class_indices()
    {
        // Sample 0 has class 0, sample 1 class 1; with one partner to be had, scores tell the share.
        Tensor x = [[10f, 0], [0f, 10]], y = Tensor.From([0, 1]);
        int swapped = 0;
        foreach (var seen in Run(x, y, (output, target) => output.CrossEntropyLoss(target), new MixUp(alpha: 1, seed: 1), epochs: 20).Train)
        {
            double share = seen.X[0] / 10;
            Tensor scores = Tensor.From(seen.X).Reshape(2, 2);
            double own = (double)scores.CrossEntropyLoss(Tensor.From([0, 1])), other = (double)scores.CrossEntropyLoss(Tensor.From([1, 0]));
            if (Math.Abs(share - 1) < 1e-6) Assert.Equal(own, seen.Loss, 1e-5);  // partner of itself
            else
            {
                swapped++;
                Assert.Equal(share * own + (1 - share) * other, seen.Loss, 1e-5);
            }
        }
        Assert.InRange(swapped, 3, 17);
    }

    [Fact]
    public void CutMix_pastes_a_rectangle_and_shares_the_loss_by_its_area()
    {
        const int Height = 9, Width = 14;
        Tensor x = Tensor.Cat([Tensor.Zeros([1, 1, Height, Width]), Tensor.Ones([1, 1, Height, Width])]), y = Tensor.From([0f, 1]);
        int pasted = 0;
        foreach (var seen in Run(x, y, (_, target) => target[0] + 0 * _.Sum(), new CutMix(seed: 5), epochs: 30).Train)
        {
            double[] first = seen.X[..(Height * Width)];
            int[] rows = [.. Enumerable.Range(0, Height).Where(r => first[(r * Width)..((r + 1) * Width)].Any(v => v == 1))];
            int[] columns = [.. Enumerable.Range(0, Width).Where(c => Enumerable.Range(0, Height).Any(r => first[r * Width + c] == 1))];
            Assert.Equal(rows.Length * columns.Length, first.Count(v => v == 1));  // a rectangle of the partner
            Assert.All(first.Zip(seen.X[(Height * Width)..]), p => Assert.Equal(1, p.First + p.Second));
            Assert.Equal(first.Average(), seen.Loss, 1e-6);                  // 0·λ + 1·(1 − λ)
            if (rows.Length > 0) pasted++;
        }
        Assert.InRange(pasted, 5, 25);
        Assert.Equal(0, (double)x[0].Sum());                                 // the data set's own picture is as it was
    }

    [Fact]
    public void The_seed_decides_and_validation_sees_the_samples_as_they_are()
    {
        Tensor x = Tensor.Rand([6, 3], generator: new Generator(1));
        (List<Seen> Train, List<Seen> Valid) With(ulong seed) => Run(x, x, (o, t) => o.MseLoss(t), new MixUp(seed: seed), epochs: 3);
        var (one, same, other) = (With(1), With(1), With(2));
        Assert.Equal(one.Train.SelectMany(s => s.X), same.Train.SelectMany(s => s.X));
        Assert.NotEqual(one.Train.SelectMany(s => s.X), other.Train.SelectMany(s => s.X));
        Assert.NotEqual(one.Train[0].X, one.Train[1].X);
        Assert.All(one.Valid, s => Assert.Equal(x.ToArray<double>(), s.X));
    }

    [Fact]
    public void Validation_sees_mixtures_where_that_is_said_the_same_each_epoch()
    {
        Tensor x = Tensor.Rand([6, 3], generator: new Generator(1));
        var (train, valid) = Run(x, x, (o, t) => o.MseLoss(t), new MixUp(alpha: 1, seed: 2, inValidation: true), epochs: 3);
        Assert.NotEqual(x.ToArray<double>(), valid[0].X);
        Assert.NotEqual(train[0].X, valid[0].X);
        Assert.All(valid, s => Assert.Equal((valid[0].Loss, 0.0), (s.Loss, s.X.Zip(valid[0].X).Max(p => Math.Abs(p.First - p.Second)))));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(5)]
    public void The_share_has_the_moments_of_its_distribution(double alpha)
    {
        var random = new Generator(7);
        double[] shares = [.. Enumerable.Range(0, 20_000).Select(_ => Beta.Next(random, alpha))];
        Assert.All(shares, s => Assert.InRange(s, 0, 1));
        Assert.Equal(0.5, shares.Average(), 0.015);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), shares.Average(s => (s - 0.5) * (s - 0.5)), 0.006);
    }

    [Fact]
    public void Inputs_without_height_and_width_are_not_cut()
    {
        var e = Assert.Throws<CallbackException>(() => Run(Tensor.Ones([4, 2]), Tensor.Ones([4, 2]), (o, t) => o.MseLoss(t), new CutMix()));
        Assert.IsType<ShapeException>(e.InnerException);
        Assert.Contains("[4, 2]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_does_not_use_the_mixed_loss_is_refused()
    {
        var learner = Tiny.Learner().With(new MixUp()).Step((model, context) =>
        {
            var output = model.Forward(context.Batch.X);
            return new(output, context.Update(() => Tiny.Loss(output, context.Batch.Y)));
        });
        var e = Assert.ThrowsAny<Exception>(() => learner.Fit(Tiny.Batches(20), epochs: 1));
        Assert.Contains("context.Loss", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_that_mix_are_refused()
    {
        var e = Assert.ThrowsAny<Exception>(() => Tiny.Learner().With(new MixUp(), new MixUp(seed: 1)).Fit(Tiny.Batches(20), epochs: 1));
        Assert.Contains("one that mixes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MixUp_is_there_as_functions()
    {
        Tensor x = Tensor.From([0f, 10, 20]), order = Tensor.From([2L, 0, 1]);
        Assert.Equal([15f, 2.5f, 12.5f], MixUp.Of(x, order, 0.25).ToArray<float>());
        var loss = MixUp.LossOf((y, t) => (y - t).Sum(), order, 0.25);
        Assert.Equal(30 - 30, loss(x, x).Item());
        Assert.Equal(3 * 0.25 + 7 * 0.75, MixUp.LossOf((_, t) => t[0].To(DType.Float32) * 1, order, 0.25)(x, Tensor.From([3L, 5, 7])).Item(), 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => MixUp.Of(x, order, 1.5));
    }

    [Fact]
    public void With_a_loss_of_each_sample_each_has_a_share_of_its_own()
    {
        const int Count = 6;
        Tensor x = Tensor.Eye(Count) * 4, y = Tensor.Arange(Count);
        HashSet<double> all = [];
        foreach (var seen in Run(x, y, (output, _) => 0 * output.Sum() - 1,
            new MixUp(alpha: 1, seed: 3, each: (output, target) => output.CrossEntropyLoss(target, reduction: Reduction.None)), epochs: 5).Train)
        {
            // A row says who the partner is and how much of it there is; the loss is that of both in this proportion.
            double expected = 0;
            for (int i = 0; i < Count; i++)
            {
                double[] row = seen.X[(i * Count)..((i + 1) * Count)];
                Assert.Equal(4, row.Sum(), 1e-5);
                double least = Math.Log(row.Sum(Math.Exp));
                expected += row.Select(v => v / 4 * (least - v)).Sum() / Count;
                if (row[i] is > 0.01 and < 3.99) all.Add(Math.Round(row[i], 3));
            }
            Assert.Equal(expected, seen.Loss, 1e-5);
        }
        Assert.True(all.Count > 15, $"{all.Count} shares");
        Assert.ThrowsAny<Exception>(() => Run(x, y, (o, t) => o.CrossEntropyLoss(t), new MixUp(each: (o, t) => o.CrossEntropyLoss(t))));
    }

    [Fact]
    public void Shares_of_samples_are_one_for_each()
    {
        Tensor x = Tensor.From([1f, 2, 3, 4]).Reshape(2, 2), order = Tensor.From([1L, 0]), shares = Tensor.From([0.25, 1]);
        Assert.Equal([2.5f, 3.5f, 3, 4], MixUp.Of(x, order, shares).ToArray<float>());
        Assert.Throws<ShapeException>(() => MixUp.Of(x, order, Tensor.From([0.5])));
        var loss = MixUp.LossOf((output, target) => (output - target).Square(), order, shares)(Tensor.From([1f, 2]), Tensor.From([2f, 5]));
        Assert.Equal((0.25 * 1 + 0.75 * 16 + 9) / 2, loss.Item(), 1e-6);
    }
}
