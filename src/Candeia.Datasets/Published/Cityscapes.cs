namespace Candeia.Datasets;

/// <summary>Cityscapes: <c>leftImg8bit/train/aachen/…_leftImg8bit.png</c>, and for each picture <c>gtFine/train/aachen/…_gtFine_labelIds.png</c>.</summary>
internal static class Cityscapes
{
    const string Picture = "_leftImg8bit.png", Mask = "_gtFine_labelIds.png";

    static readonly string[] s_classes =
    [
        "unlabeled", "ego vehicle", "rectification border", "out of roi", "static", "dynamic", "ground", "road", "sidewalk", "parking", "rail track", "building", "wall", "fence", "guard rail", "bridge",
        "tunnel", "pole", "polegroup", "traffic light", "traffic sign", "vegetation", "terrain", "sky", "person", "rider", "car", "truck", "bus", "caravan", "trailer", "train", "motorcycle", "bicycle",
    ];

    public static Scenes Read(string folder, string split)
    {
        string pictures = Path.Combine(folder, "leftImg8bit", split), masks = Path.Combine(folder, "gtFine", split);
        var found = ClassFolders.Find(pictures, [".png"]);
        return Scenes.OfMasks(s_classes, [.. found.Files.Where(f => f.EndsWith(Picture, StringComparison.Ordinal))
            .Select(f => (f, Path.Combine(masks, Path.GetRelativePath(pictures, f)[..^Picture.Length] + Mask)))]);
    }
}
