namespace Candeia.Data.Tests;

public class DatasetTests
{
    sealed class Squares(int count) : Dataset<int>
    {
        public override int Count => count;

        public override int this[int index] => index * index;
    }

    [Fact]
    public void Slices_map_and_concatenate_without_loading()
    {
        var data = new Squares(10);
        Assert.Equal([0, 1, 4], data[..3]);
        Assert.Equal([64, 81], data[^2..]);
        Assert.Equal([10, 17], data[2..6][1..3].Map(x => x + 1));
        Assert.Equal([0, 1, 81], data[..2].Concat(data[9..]));
        Assert.Equal([81, 0, 81], data.Subset([9, 0, 9]));
    }

    [Fact]
    public void Too_long_a_slice_says_how_many_items_there_are()
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => new Squares(10)[5..20]);
        Assert.Contains("has 10", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_has_every_item_once()
    {
        var (train, valid) = new Squares(100).Split(0.8, seed: 5);
        Assert.Equal((80, 20), (train.Count, valid.Count));
        Assert.Equal(new Squares(100), train.Concat(valid).Order());
        Assert.NotEqual(new Squares(100).Take(80), train);
    }

    [Fact]
    public void A_sampler_draws_in_proportion_to_weights()
    {
        var order = new WeightedSampler([0, 1, 3, 0], 4000).Order(new Generator(1));
        Assert.DoesNotContain(0, order);
        Assert.DoesNotContain(3, order);
        Assert.InRange(order.Count(i => i == 2), 2850, 3150);
    }

    [Fact]
    public void Functions_compose_from_left_to_right() => Assert.Equal("8", ((Func<int, int>)(x => x * 2)).Then(x => $"{x}")(4));
}
