using System.Text.Json;
using Candeia.Datasets;
using Candeia.Images;

namespace Candeia.Cli.Tests;

/// <summary>Folders as people have them: odd formats, odd shapes, odd names, what is no picture, and links in circles.</summary>
[Collection(nameof(Here))]
public sealed class OddPicturesTests : IDisposable
{
    static readonly string s_folder = Path.Combine("my photos & more", "all");
    readonly TemporaryFolder _folder = new();

    public OddPicturesTests() => SkiaCodecs.Register();

    public void Dispose() => _folder.Dispose();

    string PathOf(params string[] names) => _folder[[s_folder, .. names]];

    void Put(byte[] bytes, params string[] names)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(names))!);
        File.WriteAllBytes(PathOf(names), bytes);
    }

    void PutShapes(string kind, int count)
    {
        for (int i = 0; i < count; i++) Put(new DrawnShapes(count, 40, seed: (ulong)kind.Length)[i].Picture.Encode(), kind, $"{i}.png");
    }

    static byte[] Golden(string file) => File.ReadAllBytes(Candeia.Tests.Golden.PathOf(Path.Combine("pictures", file)));

    ToolResult Train(params string[] more)
    {
        string[][] usual = [["--data", s_folder], ["--model", "squeezenet1_1"], ["--size", "32"], ["--epochs", "1"], ["--batch-size", "8"], ["--out", "out"]];
        return Tool.RunIn(_folder.Path, ["train-images", .. usual.Where(u => !more.Contains(u[0])).SelectMany(u => u), .. more]);
    }

    JsonElement Metrics() => JsonDocument.Parse(File.ReadAllText(_folder["out", "metrics.json"])).RootElement;

    /// <summary>Formats, shapes and names that are odd, but pictures.</summary>
    void PutOdd(string kind)
    {
        Put(new Image(1, 1, PixelFormat.Rgb).Encode(), kind, "one pixel.png");
        Put(new Image(20_000, 10, PixelFormat.Rgb).Encode(), kind, "ribbon.png");
        Put(new Image(3, 3000, PixelFormat.Gray).Encode(new JpegCodec(80)), kind, "thread.jpg");
        Put(new Image(new ImageInfo(40, 30, PixelFormat.Rgb, 16), new byte[40 * 30 * 6]).Encode(), kind, "sixteen bits.png");
        Put(new Image(30, 40, PixelFormat.Rgba).Encode(), kind, "clear.png");
        Put(Golden("inks.jpg"), kind, "inks.jpg");
        Put(Golden("moving.gif"), kind, "moving.gif");
        Put(Golden("moving.webp"), kind, "moving.webp");
        Put(Golden("bilevel.tif"), kind, "bilevel.tif");
        Put(Golden("turned6.jpg"), kind, "deep", "deeper", "turned.JPG");
        Put(Golden("palette.gif"), kind, "a gif, they say.jpg");
        Put(Golden("progressive.jpg"), kind, "日本, \"Ænd\" <b>.png");
    }

    [Fact]
    public void All_that_are_pictures_are_learnt_from_and_named_again()
    {
        string[] kinds = ["Übergröße <i>", "a, b"];
        foreach (string kind in kinds)
        {
            PutShapes(kind, 8);
            PutOdd(kind);
            Put([1, 2, 3], kind, ".hidden.png");
            Put([1, 2, 3], kind, "notes.txt");
        }
        Train().AssertOk();
        Assert.Equal(0, Metrics().GetProperty("bad").GetInt32());
        Assert.Equal(40, Metrics().GetProperty("pictures").GetInt32() + Metrics().GetProperty("trained").GetInt32());
        Assert.False(File.Exists(_folder["out", "bad.csv"]));
        string page = File.ReadAllText(_folder["out", "report.html"]);
        Assert.Contains("Übergröße &lt;i&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        string[] odd = [.. Directory.EnumerateFiles(PathOf(kinds[0]), "*.*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".txt", StringComparison.Ordinal) && !f.EndsWith(".hidden.png", StringComparison.Ordinal))];
        var answers = JsonDocument.Parse(Tool.RunIn(_folder.Path, ["classify", "--model", Path.Combine("out", "model"), "--json", .. odd]).AssertOk().Output).RootElement;
        Assert.Equal(20, answers.GetArrayLength());
        Assert.All(answers.EnumerateArray(), a => Assert.Equal(kinds.Order(), a.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("class").GetString()).Order()));
    }

    [Fact]
    public void What_cannot_be_read_is_named_counted_and_not_tested()
    {
        PutShapes("round", 12);
        PutShapes("square", 12);
        string[] bad = ["cut.png", "empty.jpg", "text.jpg", "lies.jpg"];
        Put(new DrawnShapes(1, 40)[0].Picture.Encode()[..^30], "round", bad[0]);
        Put([], "round", bad[1]);
        Put([.. "no picture"u8], "square", bad[2]);
        byte[] lies = Golden("baseline.jpg");
        lies.AsSpan(lies.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5, 4).Fill(0xF0);            // 61 680 pixels wide and high
        Put(lies, "square", bad[3]);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(PathOf("square", "gone.png"), PathOf("nowhere.png"));
            bad = [.. bad, "gone.png"];
        }
        string said = Train().AssertOk().Output;
        string[] rows = [.. File.ReadLines(_folder["out", "bad.csv"]).Skip(1)];
        Assert.Equal(bad.Length, Metrics().GetProperty("bad").GetInt32());
        Assert.Equal(bad.Length, rows.Length);
        Assert.All(bad, b => Assert.Contains(rows, r => r.Contains(b, StringComparison.Ordinal)));
        Assert.All(bad, b => Assert.Contains(b, said, StringComparison.Ordinal));
        // Each picture is tested once, and none that stood in the training for one that cannot be read.
        string[] tested = [.. File.ReadLines(_folder["out", "answers.csv"]).Skip(1).Select(l => l.Split(',')[0])];
        Assert.Distinct(tested);
        Assert.Equal(Metrics().GetProperty("pictures").GetInt32(), tested.Length);
        Assert.InRange(Metrics().GetProperty("trained").GetInt32() + tested.Length, 24 - bad.Length, 24);
        Assert.DoesNotContain(tested, t => bad.Any(b => t.EndsWith(b, StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void Links_in_circles_show_no_picture_twice()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights there");
        PutShapes("round", 6);
        PutShapes("square", 6);
        Directory.CreateSymbolicLink(PathOf("round", "again"), PathOf("round"));
        Directory.CreateSymbolicLink(PathOf("square", "all"), _folder[s_folder]);
        Directory.CreateSymbolicLink(PathOf("round", "self"), "self");
        Train().AssertOk();
        Assert.Equal(12, Metrics().GetProperty("pictures").GetInt32() + Metrics().GetProperty("trained").GetInt32());
        // A folder of pictures that lies elsewhere is one, all the same.
        Directory.Move(PathOf("square"), _folder["elsewhere"]);
        Directory.CreateSymbolicLink(PathOf("square"), _folder["elsewhere"]);
        File.Delete(_folder["elsewhere", "all"]);
        Train().AssertOk();
        Assert.Equal(12, Metrics().GetProperty("pictures").GetInt32() + Metrics().GetProperty("trained").GetInt32());
    }

    [Fact]
    public void Too_few_are_refused_with_the_remedy_and_few_are_not()
    {
        PutShapes("round", 1);
        Train().AssertFailed(1, "two at least");
        Directory.CreateDirectory(PathOf("square"));
        Train().AssertFailed(1, "square", "no file that ends in");
        PutShapes("square", 1);
        Train().AssertFailed(1, "2 pictures", "5 are the least");
        PutShapes("square", 3);
        Train().AssertFailed(1, "4 pictures", "5 are the least");
        PutShapes("square", 9);
        Train().AssertOk();                                                   // a class of one picture
        foreach (string file in Directory.EnumerateFiles(PathOf("square")).Concat(Directory.EnumerateFiles(PathOf("round")))) File.WriteAllText(file, "no picture");
        Train().AssertFailed(1, "None of the 10 pictures can be read", "0.png");
        Put(new Image(9, 9, PixelFormat.Rgb).Encode(), "beside.png");
        foreach (string kind in (string[])["round", "square"]) Directory.Delete(PathOf(kind), recursive: true);
        Train().AssertFailed(1, "one for each class");
    }

    [Fact]
    public void Weights_of_another_network_and_models_in_pieces_are_refused()
    {
        PutShapes("round", 6);
        PutShapes("square", 6);
        Train().AssertOk();
        string model = _folder["out", "model"], weights = Path.Combine("out", "model", "model.safetensors"), picture = Path.Combine(s_folder, "round", "0.png");
        Train("--model", "mobilenet_v3_small", "--weights", weights, "--out", "other").AssertFailed(1, "mobilenet_v3_small");
        File.WriteAllBytes(_folder["half.pth"], File.ReadAllBytes(_folder[weights])[..999]);
        Train("--weights", "half.pth", "--out", "other").AssertFailed(1, "half.pth");
        Train("--weights", s_folder, "--out", "other").AssertFailed(1, "weights");
        Train("--weights", Path.Combine(s_folder, "round", "0.png"), "--out", "other").AssertFailed(1, "0.png");
        // Three classes where there were two: the head is new.
        PutShapes("third kind", 6);
        Assert.Contains("is new", Train("--weights", weights, "--out", "three").AssertOk().Output, StringComparison.Ordinal);

        string json = Path.Combine(model, "classifier.json"), good = File.ReadAllText(json);
        File.WriteAllText(json, good.Replace("\"square\"", "\"square\", \"third\"", StringComparison.Ordinal));
        Tool.RunIn(_folder.Path, "classify", "--model", model, picture).AssertRefused(1, "model.safetensors");
        File.WriteAllText(json, good.Replace("squeezenet1_1", "alexnet", StringComparison.Ordinal));
        Tool.RunIn(_folder.Path, "classify", "--model", model, picture).AssertRefused(1, "model.safetensors");
        File.WriteAllText(json, good);
        File.Delete(_folder[weights]);
        Tool.RunIn(_folder.Path, "classify", "--model", model, picture).AssertRefused(1);
        Tool.RunIn(_folder.Path, "classify", "--model", Path.Combine("three", "model"), picture, _folder["half.pth"]).AssertRefused(1, "half.pth");
        Tool.RunIn(_folder.Path, "classify", "--model", Path.Combine("three", "model")).AssertRefused(2);
        Tool.RunIn(_folder.Path, "train-images", "--data").AssertRefused(2);
        Tool.RunIn(_folder.Path, "train-images", "--epochs", "0").AssertRefused(2);
    }
}
