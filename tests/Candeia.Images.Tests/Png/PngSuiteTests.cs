using System.Security.Cryptography;
using Candeia.Tests;

namespace Candeia.Images.Tests;

/// <summary>Every file of the conformance suite against libpng's verdict and pixels; there are no exceptions.</summary>
public class PngSuiteTests
{
    const string Suite = "suites/png";

    sealed record Expected(string File, bool IsValid, int Width, int Height, string Rgba16);

    static List<Expected> Manifest(string folder) =>
        [.. from line in File.ReadLines(Path.Combine(folder, "manifest.tsv")).Skip(1)
            let field = line.Split('\t')
            select new Expected(field[0], field[1] == "ok", int.Parse(field[2]), int.Parse(field[3]), field[8])];

    [SkippableFact]
    public void Valid_files_have_the_pixels_of_libpng()
    {
        string folder = SharedFolder.Require(Suite);
        var valid = Manifest(folder).Where(entry => entry.IsValid).ToList();
        Assert.True(valid.Count >= 162);
        var wrong = new List<string>();
        foreach (var entry in valid)
        {
            var image = Image.Load(Path.Combine(folder, entry.File));
            if ((image.Width, image.Height) != (entry.Width, entry.Height)) wrong.Add($"{entry.File}: {image}");
            else if (Convert.ToHexStringLower(SHA256.HashData(Pictures.Rgba16(image))) != entry.Rgba16) wrong.Add($"{entry.File}: other pixels");
        }
        Assert.Empty(wrong);
    }

    [SkippableFact]
    public void Corrupt_files_are_refused_with_one_sentence_that_names_them()
    {
        string folder = SharedFolder.Require(Suite);
        var corrupt = Manifest(folder).Where(entry => !entry.IsValid).ToList();
        Assert.True(corrupt.Count >= 14);
        foreach (var entry in corrupt)
        {
            string path = Path.Combine(folder, entry.File);
            var fault = Assert.Throws<ImageFormatException>(() => Image.Load(path));
            Assert.Equal(path, fault.File);
            Assert.StartsWith($"'{path}': ", fault.Message, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void Gray_decoding_agrees_with_the_image()
    {
        string folder = SharedFolder.Require(Suite);
        foreach (var entry in Manifest(folder).Where(entry => entry.IsValid))
        {
            byte[] file = File.ReadAllBytes(Path.Combine(folder, entry.File));
            var gray = new byte[entry.Width * entry.Height];
            Image.DecodeGray(file, entry.Width, entry.Height, gray);
            Assert.Equal(Image.Decode(file).To8Bit().ToGray().Pixels.ToArray(), gray);
        }
    }
}
