using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>COCO: a folder of pictures for each part, and files in JSON that say what is in all of them.</summary>
internal static class CocoFiles
{
    const int MostClasses = 10_000, Places = 17;

    /// <summary>The pictures that have boxes, in the order of their numbers, with boxes, labels, and a mask of each thing.</summary>
    public static Scenes Detection(string folder, string part) => Things(Path.Combine(folder, "annotations", $"instances_{part}.json"), folder, part);

    /// <summary>The pictures with people in them, with boxes, labels, masks, and seventeen places of each body.</summary>
    public static Scenes KeyPoints(string folder, string part) => Things(Path.Combine(folder, "annotations", $"person_keypoints_{part}.json"), folder, part, havePlaces: true);

    /// <summary>As Roboflow writes them: the pictures of a part lie beside the file that says what is in all of them, and class 0 is what all others are together.</summary>
    public static Scenes Roboflow(string folder, string part)
    {
        string path = Layout.Find(folder, "_annotations.coco.json", part), above = Path.GetDirectoryName(Path.GetDirectoryName(path))!;
        return Things(path, above, part, least: 0);
    }

    static Scenes Things(string path, string folder, string part, bool havePlaces = false, int least = 1)
    {
        var file = SceneJson.Read(path, SceneJson.Default.CocoJson);
        string[] classes = Classes(path, [.. (file.Categories ?? []).Where(c => c.Id != 0 || least > 0)]);
        var things = (file.Annotations ?? []).Where(a => a.Iscrowd == 0).ToLookup(a => a.ImageId);
        if (things.SelectMany(t => t).Any(t => t.Bbox is not { Length: 4 } || t.CategoryId <= 0 || t.CategoryId >= classes.Length))
            throw new DatasetException($"'{path}' has a thing without a box or of a class that is not there; get the data again.");
        if (havePlaces && things.SelectMany(t => t).Any(t => t.Keypoints is not { Length: 3 * Places }))
            throw new DatasetException($"'{path}' has a person without {Places} places; get the data again.");
        CocoPicture[] pictures = [.. (file.Images ?? []).Where(p => things.Contains(p.Id)).OrderBy(p => p.Id)];
        return new(classes, Files(folder, part, pictures), (i, scene) => (Marked([.. things[pictures[i].Id]], scene), []));
    }

    public static Scenes Captions(string folder, string part)
    {
        var file = SceneJson.Read(Path.Combine(folder, "annotations", $"captions_{part}.json"), SceneJson.Default.CocoJson);
        var sentences = (file.Annotations ?? []).ToLookup(a => a.ImageId, a => a.Caption?.Trim() ?? "");
        CocoPicture[] pictures = [.. (file.Images ?? []).Where(p => sentences.Contains(p.Id)).OrderBy(p => p.Id)];
        return Scenes.OfCaptions(Files(folder, part, pictures), [.. pictures.Select(p => sentences[p.Id].ToArray())]);
    }

    static string[] Files(string folder, string part, CocoPicture[] pictures) =>
        [.. pictures.Select(p => Layout.Inside(Path.Combine(folder, part), p.FileName ?? throw new DatasetException($"A picture in '{folder}' has no file; get the data again.")))];

    /// <summary>By their numbers, some of which are not used.</summary>
    static string[] Classes(string path, CocoClass[] all)
    {
        if (all.Any(c => c.Id is < 1 or > MostClasses)) throw new DatasetException($"'{path}' has a class whose number is not from 1 to {MostClasses}; get the data again.");
        string[] classes = [.. Enumerable.Repeat("N/A", 1 + all.Select(c => c.Id).DefaultIfEmpty().Max())];
        classes[0] = "__background__";
        foreach (var c in all) classes[c.Id] = c.Name;
        return classes;
    }

    static Annotated Marked(CocoMark[] things, Annotated scene)
    {
        float[] boxes = [.. things.SelectMany(t => (float[])[t.Bbox![0], t.Bbox[1], t.Bbox[0] + t.Bbox[2], t.Bbox[1] + t.Bbox[3]])];
        var masks = things.Select(t => Tensor.From(t.Segmentation?.Mask(scene.Height, scene.Width) ?? new byte[scene.Height * scene.Width], [scene.Height, scene.Width]));
        return scene with
        {
            Boxes = new(Tensor.From(boxes, [things.Length, 4])),
            Labels = Tensor.From([.. things.Select(t => (long)t.CategoryId)], [things.Length]),
            Mask = new(Tensor.Stack([.. masks])),
            KeyPoints = things[0].Keypoints is null ? null : new(Tensor.From([.. things.SelectMany(t => t.Keypoints!)], [things.Length, Places, 3])),
        };
    }
}
