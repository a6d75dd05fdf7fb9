using System.Text.Json;
using Candeia.Images;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>Networks for faces: tests/golden/families/faces.py, and MTCNN with its published weights on a photograph.</summary>
public class FaceTests
{
    const int Classes = 7, Size = 80;
    static readonly JsonElement s_golden = Golden.Json("faces");

    [Theory]
    [InlineData("features"), InlineData("classes")]
    public void Inception_with_shortcuts_has_the_keys_and_the_results_of_facenet(string kind)
    {
        using var scope = Scope.Begin();
        var golden = s_golden.GetProperty(kind);
        InceptionResnetV1 net;
        using (Init.Skip()) net = new(kind == "classes" ? Classes : null);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), net.Parameters().Sum(p => p.Numel));
        Assert.Equal(golden.GetProperty("keys").GetString(), Formula.Keys(net));
        Formula.Fill(net.Eval(), 0.7);
        var y = net.Forward(Formula.Pictures(2, Size));
        int shown = Math.Min(16, y.Shape[1]);
        float[] expected = [.. golden.GetProperty("output").EnumerateArray().Select(v => v.GetSingle())];
        float largest = expected.Max(Math.Abs);
        Assert.Equal(2 * shown, expected.Length);
        foreach (var (a, b) in y[.., ..shown].Flatten().ToArray<float>().Zip(expected)) Assert.InRange(a - b, -1e-4 * largest, 1e-4 * largest);
        net.To(DType.Float64);
        (net.Forward(Formula.Pictures(2, Size).To(DType.Float64)) * Tensor.Arange((int)y.Numel).To(DType.Float64).Cos().To(DType.Float32).Reshape(y.Shape)).Sum().Backward();
        Formula.AssertGradients(net, golden.GetProperty("gradients"), 1e-6);
    }

    static Tensor Hopper() => Image.Load(Golden.PathOf("faces/hopper.png")).ToTensor(DType.UInt8);

    static Mtcnn Published() => Mtcnn.FromFolder(SharedFolder.Require("models/mtcnn"));

    /// <summary>Of facenet-pytorch's cascade in PyTorch, on the same picture: box, and eyes, nose, corners of the mouth.</summary>
    static readonly float[] s_large = [22.3583f, 35.9756f, 77.4734f, 101.9718f], s_small = [114.9925f, 51.6473f, 150.6432f, 94.4621f],
        s_largePlaces = [37.4743f, 58.8793f, 64.6152f, 58.5092f, 51.8803f, 72.3355f, 39.6283f, 85.4962f, 63.4866f, 84.9978f],
        s_smallPlaces = [124.7656f, 65.2259f, 142.8366f, 64.3446f, 134.3671f, 74.2506f, 126.7022f, 82.2443f, 142.5595f, 81.3580f];

    [SkippableTheory]
    [InlineData(false), InlineData(true)]
    public void Both_faces_of_a_photograph_are_found_where_the_published_cascade_finds_them(bool floats)
    {
        var picture = Hopper();
        var found = Published().Detect(floats ? picture.To(DType.Float32) / 255 : picture);
        Assert.Equal(2, found.Count);
        Assert.All(found.Scores.ToArray<float>(), s => Assert.InRange(s, 0.999f, 1));
        float[] boxes = found.Boxes.Values.ToArray<float>(), places = found.KeyPoints!.Values[.., .., ..2].Flatten().ToArray<float>();
        Assert.Equal([2, 5, 3], found.KeyPoints.Values.Shape);
        int first = boxes[0] < 100 ? 0 : 1;
        foreach (var (which, box, points) in ((int, float[], float[])[])[(first, s_large, s_largePlaces), (1 - first, s_small, s_smallPlaces)])
        {
            foreach (var (a, b) in boxes[(4 * which)..].Zip(box)) Assert.InRange(a - b, -0.05, 0.05);
            foreach (var (a, b) in places[(10 * which)..].Zip(points)) Assert.InRange(a - b, -0.05, 0.05);
        }
    }

    [SkippableFact]
    public void Faces_that_are_too_small_are_not_looked_for_and_a_picture_without_any_has_none()
    {
        string folder = SharedFolder.Require("models/mtcnn");
        var large = new Mtcnn(minFaceSize: 120);
        large.LoadStateDict(Published().StateDict());
        Assert.Equal(0, large.Detect(Hopper()).Count);                        // the picture is no higher than that
        Assert.Equal(0, Mtcnn.FromFolder(folder).Detect(Tensor.Full([3, 60, 80], 0.5)).Count);
        Assert.Equal(0, Mtcnn.FromFolder(folder).Detect(Tensor.Zeros([3, 5, 5], DType.UInt8)).Count);
    }

    [Fact]
    public void Found_faces_are_cut_out_and_brought_to_a_size()
    {
        var picture = Tensor.Zeros([3, 40, 60], DType.UInt8);
        picture[.., 10..20, 30..50] = 255;
        Detections found = new(new([[30f, 10, 50, 20], [-5, -5, 10, 10]]), Tensor.Ones([2], DType.Int64), Tensor.Ones([2])), none = new(new(Tensor.Zeros([0, 4])), Tensor.Ones([0], DType.Int64), Tensor.Ones([0]));
        var faces = Mtcnn.Extract(picture, found, size: 16);
        Assert.Equal([2, 3, 16, 16], faces.Shape);
        Assert.Equal((127.5f / 128, -127.5f / 128), ((float)faces[0].Amin().Item(), (float)faces[1].Amax().Item()));
        // A margin shows what lies around.
        var wider = Mtcnn.Extract(picture, found, size: 16, margin: 8);
        Assert.Equal((-127.5f / 128, 127.5f / 128), ((float)wider[0, 0, 0, 0].Item(), (float)wider[0, 0, 8, 8].Item()));
        Assert.Equal([0, 3, 16, 16], Mtcnn.Extract(picture, none, size: 16).Shape);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Mtcnn(thresholds: [0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mtcnn(factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mtcnn(minFaceSize: 5));
        Assert.Throws<ShapeException>(() => new Mtcnn().Detect(Tensor.Zeros([1, 40, 40])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InceptionResnetV1(classes: 0));
    }
}
