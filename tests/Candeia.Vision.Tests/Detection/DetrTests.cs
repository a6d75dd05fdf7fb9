using System.Text.Json;
using Candeia.Images;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>DETR against the same, written anew with PyTorch's layers: tests/golden/families/detr.py.</summary>
public class DetrTests
{
    const int Classes = 7;
    static readonly JsonElement s_golden = Golden.Json("detr");

    static Detr Small() => new(new ResNet([2, 2, 2, 2], classes: 0), Classes, queries: 7, model: 32, heads: 4, encoderLayers: 2, decoderLayers: 3, feedforward: 48, minSize: 64, maxSize: 96);

    [Theory]
    [InlineData("small"), InlineData("detr_resnet50"), InlineData("detr_resnet101")]
    public void Keys_shapes_and_sizes_are_those_of_its_authors(string name)
    {
        using var scope = Scope.Begin();
        using var _ = Init.Skip();
        var net = name == "small" ? Small() : DetectionModels.Create(name);
        Assert.Equal(s_golden.GetProperty(name).GetProperty("parameters").GetInt64(), net.Parameters().Sum(p => p.Numel));
        Assert.Equal(s_golden.GetProperty(name).GetProperty("keys").GetString(), Formula.Keys(net));
    }

    [Fact]
    public void Losses_gradients_and_findings_are_those_of_the_paper()
    {
        using var scope = Scope.Begin();
        var golden = s_golden.GetProperty("small");
        var net = Small();
        Formula.Fill(net, golden.GetProperty("gain").GetDouble());
        net.Eval();
        var losses = net.Losses(DetectionTests.Scenes());
        Assert.Equal(golden.GetProperty("losses").EnumerateObject().Select(l => l.Name).Order(), losses.Keys.Order());
        foreach (var expected in golden.GetProperty("losses").EnumerateObject()) Assert.InRange(losses[expected.Name].Item() / expected.Value.GetDouble(), 1 - 1e-4, 1 + 1e-4);
        losses.Values.Aggregate((a, b) => a + b).Backward();
        Formula.AssertGradients(net, golden.GetProperty("gradients"));

        foreach (var (found, expected) in net.Detect([.. DetectionTests.Scenes().Select(s => s.Image)]).Zip(golden.GetProperty("found").EnumerateArray()))
        {
            float[] Numbers(string of) => [.. expected.GetProperty(of).EnumerateArray().Select(v => v.GetSingle())];
            Assert.Equal(Numbers("labels"), found.Labels.ToArray<float>());
            Assert.Equal(7, found.Count);
            foreach (var (a, b) in found.Scores.ToArray<float>().Zip(Numbers("scores"))) Assert.InRange(a - b, -1e-4, 1e-4);
            foreach (var (a, b) in found.Boxes.Values.ToArray<float>().Zip(Numbers("boxes"))) Assert.InRange(a - b, -0.01, 0.01);
        }
    }

    [Fact]
    public void Places_are_told_by_waves_and_those_beside_a_picture_are_known()
    {
        var batch = new PictureBatch(Tensor.Zeros([2, 3, 40, 60]), [(40, 60), (20, 41)], [(40, 60), (20, 41)]);
        var (waves, outside) = PicturePlaces.Of(batch, (4, 6), 8);
        Assert.Equal([2, 24, 8], waves.Shape);
        // Of the second, rows that begin at 0 and 10, and columns that begin at 0 to 40, are of the picture.
        Assert.Equal(Enumerable.Range(0, 48).Select(i => i >= 24 && (i % 24 / 6 >= 2 || i % 6 >= 5)), outside!.ToArray<bool>());
        double row = 3 / 4.0 * 2 * Math.PI, column = 2 / 6.0 * 2 * Math.PI;
        double[] expected = [Math.Sin(row), Math.Cos(row), Math.Sin(row / 100), Math.Cos(row / 100), Math.Sin(column), Math.Cos(column), Math.Sin(column / 100), Math.Cos(column / 100)];
        foreach (var (a, b) in waves[0, 2 * 6 + 1].ToArray<double>().Zip(expected)) Assert.Equal(b, a, 5);
        Assert.Null(PicturePlaces.Of(new(Tensor.Zeros([1, 3, 40, 60]), [(40, 60)], [(40, 60)]), (4, 6), 8).Outside);
    }

    [Fact]
    public void A_picture_with_nothing_in_it_teaches_that_nothing_is_there()
    {
        var net = Small();
        Annotated nothing = new(Tensor.Rand([3, 40, 50], generator: new Generator(1)), new(Tensor.Zeros([0, 4])), Labels: Tensor.Zeros([0], DType.Int64));
        var losses = net.Losses([nothing, nothing]);
        Assert.Equal(9, losses.Count);
        Assert.All(losses.Where(l => !l.Key.StartsWith("loss_ce", StringComparison.Ordinal)), l => Assert.Equal(0, l.Value.Item()));
        losses.Values.Aggregate((a, b) => a + b).Backward();
        Assert.True(Formula.Gradients(net) > 0);
        Assert.Equal(3, new Detr(new ResNet([1, 1, 1, 1], classes: 0, width: 8), 3, model: 32, queries: 5, minSize: 64, maxSize: 64, auxiliary: false).Losses([nothing]).Count);
    }

    [Fact]
    public void It_learns_where_a_thing_is()
    {
        using var seed = Generator.Use(new(1));
        var net = new Detr(new ResNet([1, 1, 1, 1], classes: 0, width: 8), classes: 2, queries: 4, model: 32, heads: 4, encoderLayers: 1, decoderLayers: 1, feedforward: 64, dropout: 0, minSize: 32, maxSize: 32, freezeNorms: false);
        var picture = Tensor.Zeros([3, 32, 32]);
        picture[.., 8..24, 4..20] = 1;
        Annotated scene = new(picture, new(Tensor.From([4f, 8, 20, 24], [1, 4])), Labels: Tensor.From([1L]));
        var optimizer = new Adam(net.Parameters(), 1e-3);
        for (int step = 0; step < 60; step++)
        {
            using var scope = Scope.Begin();
            optimizer.ZeroGrad();
            net.Losses([scene, scene]).Values.Aggregate((a, b) => a + b).Backward();
            optimizer.Step();
        }
        net.Train();                                                          // the statistics of one picture: as it was learnt
        var found = net.Detect(picture, picture)[0];
        Assert.Equal(1, found.Labels[0].Item());
        Assert.InRange(BoxOps.Iou(found.Boxes.Values[..1], scene.Boxes!.Values).Item(), 0.7, 1);
    }

    [Fact]
    public void Sure_answers_alone_are_given_where_asked_for()
    {
        Assert.Equal(0, new Detr(new ResNet([1, 1, 1, 1], classes: 0, width: 8), 3, queries: 5, model: 32, minSize: 64, maxSize: 64, scoreThreshold: 1).Eval().Of().Count);
        Assert.Contains("4", Assert.Throws<ArgumentException>(() => new Detr(new ResNet([1, 1, 1, 1], classes: 0, width: 8), 3, model: 30, heads: 5)).Message, StringComparison.Ordinal);
    }
}

file static class Found
{
    public static Detections Of(this Detector net) => net.Detect(Tensor.Rand([3, 40, 40], generator: new Generator(1)))[0];
}
