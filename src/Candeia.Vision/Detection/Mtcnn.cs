using Candeia.Images;
using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Finds faces, with eyes, nose and corners of the mouth (<see href="https://arxiv.org/abs/1604.02878">Zhang et al. 2016</see>): a small network looks at all places of the
/// picture in many sizes, a second at what it has found, a third at the rest. Keys, defaults and results are those of facenet-pytorch.
/// </summary>
/// <example><code norun="it needs the files of the weights">
/// var mtcnn = Mtcnn.FromFolder("weights");                                  // pnet.pt, rnet.pt, onet.pt
/// var picture = Image.Load("family.jpg").ToTensor();
/// var faces = mtcnn.Detect(picture);
/// var people = new InceptionResnetV1().Eval();
/// people.Load("20180402-114759-vggface2.pt");
/// var features = people.Forward(Mtcnn.Extract(picture, faces));            // [faces, 512]
/// </code></example>
public sealed class Mtcnn : Module
{
    const int Cell = 12, Stride = 2;
    const double Within = 0.5, Between = 0.7;

    readonly MtcnnNets.Proposals pnet = new();
    readonly MtcnnNets.Refining rnet = new();
    readonly MtcnnNets.Output onet = new();
    readonly int _least;
    readonly double _factor;
    readonly IReadOnlyList<double> _thresholds;

    /// <param name="minFaceSize">Smaller faces are not looked for, in pixels.</param>
    /// <param name="thresholds">How sure each of the three networks must be; 0.6, 0.7 and 0.7, if nothing is said.</param>
    /// <param name="factor">How much smaller the picture is each time when it is looked at again.</param>
    /// <exception cref="ArgumentException">There are not three thresholds, or the factor is not between 0 and 1.</exception>
    public Mtcnn(int minFaceSize = 20, IReadOnlyList<double>? thresholds = null, double factor = 0.709)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minFaceSize, Cell);
        if (factor is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(factor), $"A picture becomes smaller by a factor between 0 and 1, not by {factor}.");
        if (thresholds is { Count: not 3 }) throw new ArgumentException($"Three networks need three thresholds, not {thresholds.Count}.", nameof(thresholds));
        (_least, _factor, _thresholds) = (minFaceSize, factor, thresholds ?? [0.6, 0.7, 0.7]);
        this.Eval();
    }

    /// <summary>The networks with the weights that lie in a folder as <c>pnet.pt</c>, <c>rnet.pt</c> and <c>onet.pt</c>, as facenet-pytorch has them.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="TensorFileException">A file cannot be read, or does not fit.</exception>
    public static Mtcnn FromFolder(string folder)
    {
        var net = new Mtcnn();
        foreach (var (part, name) in ((Module, string)[])[(net.pnet, "pnet.pt"), (net.rnet, "rnet.pt"), (net.onet, "onet.pt")]) part.Load(Path.Combine(folder, name));
        return net;
    }

    /// <summary>The faces in a picture, the surest first, all of class 1; with the places of both eyes, the nose and both corners of the mouth.</summary>
    /// <param name="image">[3, height, width], numbers from 0 to 1 or bytes.</param>
    /// <exception cref="ShapeException">It is no picture of three colours.</exception>
    public Detections Detect(Tensor image)
    {
        using var _ = Autograd.NoGrad();
        var picture = Levels(image);
        var squares = Propose(picture).Squared();
        if (squares.Count > 0) squares = Refine(picture, squares).Squared();
        float[] places = [];
        if (squares.Count > 0) (squares, places) = Finish(picture, squares);
        int count = squares.Count;
        return new(new(Tensor.From(squares.Corners, [count, 4])), Tensor.Ones([count], DType.Int64), Tensor.From(squares.Sure, [count])) { KeyPoints = new(Tensor.From(places, [count, 5, 3])) };
    }

    /// <summary>The found faces as <see cref="InceptionResnetV1"/> wants them: cut out, brought to a size, with numbers from −1 to 1.</summary>
    /// <param name="image">The picture in which they were found.</param>
    /// <param name="found">The faces.</param>
    /// <param name="size">Rows and columns of the results.</param>
    /// <param name="margin">How many pixels of the results lie around the box.</param>
    /// <returns>[faces, 3, size, size].</returns>
    /// <exception cref="ShapeException">It is no picture of three colours.</exception>
    public static Tensor Extract(Tensor image, Detections found, int size = 160, int margin = 0)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)margin, (uint)size, nameof(margin));
        using var _ = Autograd.NoGrad();
        var picture = Levels(image);
        int height = picture.Shape[1], width = picture.Shape[2];
        float[] boxes = found.Boxes.To(BoxFormat.XYXY).Values.ToArray<float>();
        if (boxes.Length == 0) return Tensor.Zeros([0, 3, size, size]);
        return Tensor.Stack([.. boxes.Chunk(4).Select(b =>
        {
            double x = margin * (b[2] - b[0]) / (2.0 * (size - margin)), y = margin * (b[3] - b[1]) / (2.0 * (size - margin));
            int left = (int)Math.Max(b[0] - x, 0), top = (int)Math.Max(b[1] - y, 0), right = (int)Math.Min(b[2] + x, width), bottom = (int)Math.Min(b[3] + y, height);
            var face = picture[.., top..Math.Max(bottom, top + 1), left..Math.Max(right, left + 1)].Unsqueeze(0).Interpolate([size, size], Interpolation.Linear, antialias: true);
            return (face.Squeeze(0).Round().Clamp(0, 255) - 127.5) / 128;
        })]);
    }

    /// <summary>Squares of all sizes where the first network sees faces, moved to where it says.</summary>
    FaceSquares Propose(Tensor picture)
    {
        int height = picture.Shape[1], width = picture.Shape[2];
        List<FaceSquares> all = [];
        List<float> moves = [];
        double scale = (double)Cell / _least;
        for (double side = Math.Min(height, width) * scale; side >= Cell; side *= _factor, scale *= _factor)
        {
            var (sure, by) = pnet.Of(Seen(picture, ((int)(height * scale + 1), (int)(width * scale + 1))));
            float[] how = sure.ToArray<float>(), where = by.ToArray<float>();
            int places = how.Length, columns = sure.Shape[2];
            int[] good = [.. Enumerable.Range(0, places).Where(i => how[i] >= _thresholds[0])];
            var squares = new FaceSquares([.. good.SelectMany(i => Corners(i % columns, i / columns, scale))], [.. good.Select(i => how[i])]);
            int[] kept = squares.Apart(Within);
            all.Add(squares.Select(kept));
            moves.AddRange(kept.SelectMany(k => Enumerable.Range(0, 4).Select(n => where[n * places + good[k]])));
        }
        var found = FaceSquares.Join(all);
        int[] apart = found.Apart(Between);
        return found.Select(apart).Moved([.. apart.SelectMany(i => moves[(4 * i)..(4 * i + 4)])], more: 0);

        static float[] Corners(int x, int y, double scale) =>
            [Floor(Stride * x + 1, scale), Floor(Stride * y + 1, scale), Floor(Stride * x + Cell, scale), Floor(Stride * y + Cell, scale)];

        static float Floor(int at, double scale) => MathF.Floor(at / (float)scale);
    }

    FaceSquares Refine(Tensor picture, FaceSquares squares)
    {
        (squares, var seen) = Cut(picture, squares, 24);
        if (squares.Count == 0) return squares;
        var (sure, by) = rnet.Of(seen);
        (squares, int[] good) = Surer(squares, sure, _thresholds[1]);
        int[] apart = squares.Apart(Between);
        return squares.Select(apart).Moved(Rows(by, [.. apart.Select(i => good[i])]), more: 1);
    }

    (FaceSquares Squares, float[] Places) Finish(Tensor picture, FaceSquares squares)
    {
        (squares, var seen) = Cut(picture, squares, 48);
        if (squares.Count == 0) return (squares, []);
        var (sure, by, at) = onet.Of(seen);
        (squares, int[] good) = Surer(squares, sure, _thresholds[2]);
        float[] parts = Rows(at, good);
        var moved = squares.Moved(Rows(by, good), more: 1);
        int[] kept = moved.Outside(Between);
        return (moved.Select(kept), [.. kept.SelectMany(i => Enumerable.Range(0, 5).SelectMany(p => (float[])[Place(i, p, 0), Place(i, p, 1), 1]))]);

        // Of the square that was looked at, not of the moved box.
        float Place(int i, int p, int axis) =>
            (squares.Corners[4 * i + 2 + axis] - squares.Corners[4 * i + axis] + 1) * parts[10 * i + 5 * axis + p] + squares.Corners[4 * i + axis] - 1;
    }

    static (FaceSquares Squares, int[] Numbers) Surer(FaceSquares squares, Tensor sure, double threshold)
    {
        float[] how = sure.ToArray<float>();
        int[] good = [.. Enumerable.Range(0, how.Length).Where(i => how[i] > threshold)];
        return (squares.Select(good) with { Sure = [.. good.Select(i => how[i])] }, good);
    }

    static float[] Rows(Tensor all, int[] rows)
    {
        float[] numbers = all.ToArray<float>();
        int width = all.Shape[1];
        return [.. rows.SelectMany(r => numbers[(r * width)..((r + 1) * width)])];
    }

    /// <summary>The squares that cover a part of the picture, and what is in them, [n, 3, size, size].</summary>
    static (FaceSquares Squares, Tensor Seen) Cut(Tensor picture, FaceSquares squares, int size)
    {
        int height = picture.Shape[1], width = picture.Shape[2];
        int[] some = [.. Enumerable.Range(0, squares.Count).Where(i => squares.Inside(i, height, width) is var s && s.Bottom > s.Top && s.Right > s.Left)];
        return (squares.Select(some), some.Length == 0 ? Tensor.Zeros([0, 3, size, size]) : Tensor.Cat([.. some.Select(i =>
        {
            var (top, bottom, left, right) = squares.Inside(i, height, width);
            return Seen(picture[.., top..bottom, left..right], size);
        })]));
    }

    /// <summary>A picture in another size, each number the mean of what it stands for, as the networks take it: [1, 3, h, w].</summary>
    static Tensor Seen(Tensor picture, Size2d size) => (picture.Unsqueeze(0).AdaptiveAvgPool2d(size) - 127.5) * 0.0078125;

    /// <summary>Numbers from 0 to 255.</summary>
    static Tensor Levels(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Shape is not [3, > 0, > 0]) throw new ShapeException($"A picture with faces has the shape [3, height, width], not {image.Shape}.");
        return image.DType == DType.UInt8 ? image.To(DType.Float32) : image.To(DType.Float32) * 255;
    }
}
