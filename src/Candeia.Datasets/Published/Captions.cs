namespace Candeia.Datasets;

/// <summary>Flickr's photographs, each with five sentences.</summary>
internal static class Captions
{
    /// <summary>Lines such as <c>1000268201_693b08cb0e.jpg#0 ⇥ A child …</c>, and lists of the pictures of each part.</summary>
    public static Scenes Flickr8k(string folder, string split)
    {
        var sentences = Layout.Fields(folder, "Flickr8k.token.txt", 2, '\t').ToLookup(line => line.Fields[0].Split('#')[0], line => line.Fields[1]);
        string[] names = [.. Layout.Lines(folder, $"Flickr_8k.{(split == "val" ? "dev" : split)}Images.txt").Select(l => l.Trim())];
        // Its makers call the folder so.
        return Scenes.OfCaptions([.. names.Select(n => Layout.Inside(Path.Combine(folder, "Flicker8k_Dataset"), n))], [.. names.Select(n => sentences[n].ToArray())]);
    }

    public static Scenes Flickr30k(string folder, string split)
    {
        var pictures = (SceneJson.Read(Path.Combine(folder, "dataset_flickr30k.json"), SceneJson.Default.KarpathyJson).Images ?? []).Where(p => p.Split == split).ToArray();
        return Scenes.OfCaptions([.. pictures.Select(p => Layout.Inside(Path.Combine(folder, "flickr30k-images"), p.Filename))], [.. pictures.Select(p => (p.Sentences ?? []).Select(s => s.Raw ?? "").ToArray())]);
    }
}
