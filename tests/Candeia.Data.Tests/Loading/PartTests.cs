namespace Candeia.Data.Tests;

/// <summary>Some items of a batch, as one of several processes takes them.</summary>
public class PartTests
{
    [Fact]
    public void Rows_and_names_go_together()
    {
        var part = (Batch)new Batch(Tensor.From([1f, 2, 3, 4], [4, 1]), Tensor.From([10f, 20, 30, 40]), ["a", "b", "c", "d"]).Part(1, 2);
        Assert.Equal((float[])[2, 3], part.X.ToArray<float>());
        Assert.Equal((float[])[20, 30], part.Y.ToArray<float>());
        Assert.Equal(["b", "c"], part.Ids);
    }

    [Fact]
    public void Texts_are_cut_with_their_tensors()
    {
        var texts = new Texts().Loader(3, workers: 0, seed: 1).Peek();
        var part = (Batch<(IReadOnlyList<string> Texts, Tensor Classes)>)texts.Part(1, 2);
        Assert.Equal(["one", "two"], part.Value.Texts);
        Assert.Equal((2, 1L), (part.Size, part.Value.Classes.ToArray<long>()[0]));
    }

    [Fact]
    public void What_does_not_count_items_first_cannot_be_divided() =>
        Assert.Contains("[2, 3]", Assert.Throws<ShapeException>(() => new Batch(Tensor.Ones([3, 1]), Tensor.Ones([2, 3])).Part(0, 1)).Message, StringComparison.Ordinal);

    sealed class Texts : Dataset<(string, Tensor)>
    {
        public override int Count => 3;

        public override (string, Tensor) this[int index] => (new[] { "none", "one", "two" }[index], Tensor.From([(long)index], []));
    }
}
